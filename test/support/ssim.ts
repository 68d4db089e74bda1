import sharp from 'sharp';

/** Windows of 8 × 8 pixels, as far apart as they are wide. */
const side = 8;
/** Constants of the measure for 8 bits (Wang et al. 2004): they keep flat areas from dividing by nothing. */
const c1 = (0.01 * 255) ** 2;
const c2 = (0.03 * 255) ** 2;

/** How alike two pictures of one size look: structural similarity of their luma, mean over all windows; 1 is the same. */
export async function ssim(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([lumaOf(one), lumaOf(other)]);
  if (a.width !== b.width || a.height !== b.height) throw new Error('the pictures differ in size');
  let sum = 0;
  let count = 0;
  for (let top = 0; top + side <= a.height; top += side) {
    for (let left = 0; left + side <= a.width; left += side) {
      sum += windowOf(a, b, top, left);
      count += 1;
    }
  }
  return sum / count;
}

interface Luma {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

async function lumaOf(picture: Uint8Array): Promise<Luma> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const luma = new Float32Array(info.width * info.height);
  for (let at = 0; at < luma.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at * info.channels, at * info.channels + 3);
    luma[at] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  return { data: luma, width: info.width, height: info.height };
}

function windowOf(a: Luma, b: Luma, top: number, left: number): number {
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + side; y += 1) {
    for (let x = left; x < left + side; x += 1) {
      const p = a.data[y * a.width + x] ?? 0;
      const q = b.data[y * b.width + x] ?? 0;
      sumA += p;
      sumB += q;
      squareA += p * p;
      squareB += q * q;
      product += p * q;
    }
  }
  const n = side * side;
  const meanA = sumA / n;
  const meanB = sumB / n;
  const varianceA = squareA / n - meanA * meanA;
  const varianceB = squareB / n - meanB * meanB;
  const covariance = product / n - meanA * meanB;
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
    ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2))
  );
}
