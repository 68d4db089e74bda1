/** Beside Puppeteer's own, which keep unseen pages awake and the browser silent: what html-in-canvas needs and what draws at full speed. */
export const drawingFlags: readonly string[] = [
  '--enable-features=CanvasDrawElement',
  '--enable-blink-features=CanvasDrawElement',
  '--disable-gpu',
  '--disable-frame-rate-limit',
  '--disable-gpu-vsync',
  // Frames must not depend on the machine's screen, and letters stand where the reference lane has them.
  '--font-render-hinting=none',
  '--force-device-scale-factor=1',
  '--hide-scrollbars',
  '--mute-audio',
];

/**
 * Every request goes to the proxy, loopback included (which a browser would else reach directly), and the proxy is the
 * stage's server: it refuses all but its own files. What does not go through a proxy is switched off: names are not
 * looked up, WebRTC gets no UDP, QUIC none either, and the browser itself talks to nobody.
 */
function confining(port: number): string[] {
  return [
    `--proxy-server=http://127.0.0.1:${port}`,
    '--proxy-bypass-list=<-loopback>',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    '--dns-prefetch-disable',
    '--disable-quic',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--no-pings',
    '--no-default-browser-check',
  ];
}

/** What Chromium would ask its maker for, or that opens doors that a stage does not need. */
const unwanted = [
  'DnsOverHttps',
  'AsyncDns',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'Prerender2',
  'SpeculationRulesPrefetchFuture',
  'DirectSockets',
];

export function browserFlags({ port, sandbox }: { port: number; sandbox: boolean }): string[] {
  return [
    ...drawingFlags,
    ...confining(port),
    `--disable-features=${unwanted.join(',')}`,
    ...(sandbox ? [] : ['--no-sandbox', '--no-zygote']),
  ];
}
