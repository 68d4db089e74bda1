// Enters: the page's data, a place whose player cannot start. Leaves: the same film as a file, with captions; or what stood there.
// Never: an empty place. Poster, link and transcript are there until the file plays, and again where it does not.
import type { PageData } from '../page/page-data.ts';
import { element } from './transcript.ts';

const longestWaitMs = 15 * 60_000;
const usualPauseSeconds = 5;

/** Shows the file once it is made: the first request starts that, and the answer says when to ask again. */
export async function showFile(data: PageData, frame: HTMLElement, poster: HTMLElement): Promise<void> {
  const note = element('p', 'dv-note', data.words.making);
  note.setAttribute('role', 'status');
  note.hidden = true;
  const link = element('a', 'dv-fallback', data.words.download);
  link.href = data.videoUrl;
  frame.replaceChildren(poster, note, link);
  const wait = () => {
    note.hidden = false;
  };
  const isMade = await whenMade(data.videoUrl, wait).catch(() => false);
  note.hidden = true;
  if (!isMade || !frame.isConnected) return;
  const video = fileOf(data);
  // A browser that cannot play it after all leaves poster and link.
  video.addEventListener('error', () => video.replaceWith(poster), { once: true });
  poster.replaceWith(video);
}

function fileOf({ videoUrl, captionsUrl, posterUrl, storyboard, words }: PageData): HTMLVideoElement {
  const video = element('video', 'dv-file');
  video.controls = true;
  video.playsInline = true;
  video.preload = 'metadata';
  video.poster = posterUrl;
  video.src = videoUrl;
  video.setAttribute('aria-label', storyboard.title ?? words.film);
  const track = element('track');
  track.kind = 'captions';
  track.src = captionsUrl;
  track.srclang = storyboard.lang;
  track.label = words.captions;
  track.default = true;
  video.append(track);
  return video;
}

async function whenMade(url: string, onWait: () => void): Promise<boolean> {
  const until = Date.now() + longestWaitMs;
  while (Date.now() < until) {
    const { status, headers } = await fetch(url, { headers: { range: 'bytes=0-0', accept: 'video/mp4' } });
    if (status !== 202) return status === 200 || status === 206;
    onWait();
    const seconds = Number(headers.get('retry-after') ?? usualPauseSeconds);
    await new Promise((done) => setTimeout(done, Math.max(1, Math.min(60, seconds)) * 1000));
  }
  return false;
}
