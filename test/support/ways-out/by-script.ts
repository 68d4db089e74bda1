/** Where a way tries to get: an ear of its own. */
export interface Target {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:<port>/` */
  readonly http: string;
}

/** What a script of the page can do. Each runs in the page, alone, and starts its attempt before it returns. */
export const byScript: Readonly<Record<string, (to: Target) => unknown>> = {
  fetch: ({ http }) => void fetch(http),
  'fetch, no-cors POST': ({ http }) => void fetch(http, { method: 'POST', mode: 'no-cors', body: 'x' }),
  'fetch, keepalive': ({ http }) =>
    void fetch(http, { method: 'POST', mode: 'no-cors', body: 'x', keepalive: true }),
  'fetch by https': ({ host }) => void fetch(`https://${host}/`),
  fetchLater: ({ http }) =>
    (window as unknown as { fetchLater: (url: string, how: object) => void }).fetchLater(http, {
      activateAfter: 0,
    }),
  XMLHttpRequest: ({ http }) => {
    const request = new XMLHttpRequest();
    request.open('GET', http);
    request.send();
  },
  sendBeacon: ({ http }) => navigator.sendBeacon(http, 'x'),
  EventSource: ({ http }) => new EventSource(http),
  WebSocket: ({ host }) => new WebSocket(`ws://${host}/`),
  'WebSocket by TLS': ({ host }) => new WebSocket(`wss://${host}/`),
  WebTransport: ({ host }) => void new WebTransport(`https://${host}/`).ready,
  'new Image': ({ http }) => {
    new Image().src = http;
  },
  'new Audio': ({ http }) => void new Audio(http).load(),
  'FontFace API': ({ http }) => void new FontFace('Elsewhere', `url(${http})`).load(),
  'audio worklet': ({ http }) => void new OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(http),
  'a worker that fetches': ({ http }) => new Worker(`worker.js?${encodeURIComponent(http)}`),
  'a worker that imports': ({ http }) =>
    new Worker(URL.createObjectURL(new Blob([`importScripts(${JSON.stringify(http)})`]))),
  'a worker of elsewhere': ({ http }) => new Worker(http),
  'a shared worker that fetches': ({ http }) => new SharedWorker(`worker.js?${encodeURIComponent(http)}`),
  'a service worker that fetches': ({ http }) =>
    void navigator.serviceWorker.register(`worker.js?${encodeURIComponent(http)}`),
  'WebRTC, STUN': async ({ host }) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${host}` }] });
    peer.createDataChannel('x');
    await peer.setLocalDescription();
  },
  'WebRTC, TURN by UDP': async ({ host }) => {
    const login = { username: 'x', credential: 'x' };
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `turn:${host}?transport=udp`, ...login }] });
    peer.createDataChannel('x');
    await peer.setLocalDescription();
  },
  'WebRTC, TURN by TCP': async ({ host }) => {
    const login = { username: 'x', credential: 'x' };
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `turn:${host}?transport=tcp`, ...login }] });
    peer.createDataChannel('x');
    await peer.setLocalDescription();
  },
  'WebRTC, TURN by TLS': async ({ host }) => {
    const login = { username: 'x', credential: 'x' };
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `turns:${host}?transport=tcp`, ...login }] });
    peer.createDataChannel('x');
    await peer.setLocalDescription();
  },
  'WebRTC, a peer by UDP': async ({ port }) => {
    const [one, two] = [new RTCPeerConnection(), new RTCPeerConnection()];
    one.createDataChannel('x');
    await one.setLocalDescription();
    await two.setRemoteDescription(one.localDescription as RTCSessionDescription);
    await two.setLocalDescription();
    await one.setRemoteDescription(two.localDescription as RTCSessionDescription);
    const candidate = `candidate:1 1 udp 2122260223 127.0.0.1 ${port} typ host`;
    await one.addIceCandidate({ candidate, sdpMLineIndex: 0 });
  },
  'WebRTC, a peer by TCP': async ({ port }) => {
    const [one, two] = [new RTCPeerConnection(), new RTCPeerConnection()];
    one.createDataChannel('x');
    await one.setLocalDescription();
    await two.setRemoteDescription(one.localDescription as RTCSessionDescription);
    await two.setLocalDescription();
    await one.setRemoteDescription(two.localDescription as RTCSessionDescription);
    const candidate = `candidate:1 1 tcp 1518280447 127.0.0.1 ${port} typ host tcptype passive`;
    await one.addIceCandidate({ candidate, sdpMLineIndex: 0 });
  },
  'location.href': ({ http }) => {
    location.href = http;
  },
  'location to ftp:': ({ host }) => {
    location.href = `ftp://${host}/x`;
  },
  'window.open': ({ http }) => window.open(http),
  'window.open without an opener': ({ http }) => window.open(http, '_blank', 'noopener'),
  'form.submit, GET': ({ http }) => {
    const form = document.createElement('form');
    form.action = http;
    document.body.append(form);
    form.submit();
  },
  'form.submit, POST': ({ http }) => {
    const form = document.createElement('form');
    Object.assign(form, { action: http, method: 'post', enctype: 'text/plain' });
    document.body.append(form);
    form.submit();
  },
  'form.submit, a new window': ({ http }) => {
    const form = document.createElement('form');
    Object.assign(form, { action: http, target: '_blank' });
    document.body.append(form);
    form.submit();
  },
  'a link, clicked': ({ http }) => {
    const link = document.createElement('a');
    link.href = http;
    document.body.append(link);
    link.click();
  },
  'a download, clicked': ({ http }) => {
    const link = document.createElement('a');
    Object.assign(link, { href: http, download: 'x' });
    document.body.append(link);
    link.click();
  },
  'a ping, clicked': ({ http }) => {
    const link = document.createElement('a');
    Object.assign(link, { href: '#here', ping: http });
    document.body.append(link);
    link.click();
  },
  'document.write': ({ http }) => {
    document.open();
    document.write(`<img src="${http}">`);
    document.close();
  },
  'a style sheet of the script': ({ http }) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`body{background:url(${http})}`);
    document.adoptedStyleSheets = [sheet];
  },
  'XSLT, document()': ({ http }) => {
    const parse = (xml: string) => new DOMParser().parseFromString(xml, 'application/xml');
    const xslt = new XSLTProcessor();
    xslt.importStylesheet(
      parse(
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">' +
          `<a><xsl:copy-of select="document('${http}')"/></a></xsl:template></xsl:stylesheet>`,
      ),
    );
    xslt.transformToDocument(parse('<x/>'));
  },
  'a payment’s manifest': ({ host }) =>
    void new PaymentRequest([{ supportedMethods: `https://${host}/` }], {
      total: { label: 'x', amount: { currency: 'EUR', value: '1' } },
    }).canMakePayment(),
};
