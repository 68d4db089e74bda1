const allowed = ['autoplay', 'fullscreen', 'picture-in-picture'];

const denied =
  'accelerometer browsing-topics camera display-capture geolocation gyroscope hid idle-detection magnetometer microphone ' +
  'midi payment publickey-credentials-get serial usb xr-spatial-tracking';

/** `Permissions-Policy`. A film may play and fill the screen; nothing that we show wants to know more of whom it is shown to. */
export const permissions = [
  ...allowed.map((it) => `${it}=(self)`),
  ...denied.split(' ').map((it) => `${it}=()`),
].join(', ');
