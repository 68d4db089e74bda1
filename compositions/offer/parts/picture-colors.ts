/** The night of the pack's own pictures (templates/offer/pictures/offer.svg). */
export const pane = {
  far: '#0F2240',
  near: '#0C1A30',
  ground: '#0A1424',
  warm: '#FFE3A8',
  unlit: '#1B3355',
  snow: '#DCE9F2',
  roof: '#12233F',
  sea: '#153B58',
  pine: '#0B2A38',
} as const;
