// Runs in a page's frame, whose scroll position nobody else may read: tells it, and goes back to it when asked.
addEventListener('scroll', () => parent.postMessage({ place: scrollY }, '*'), { passive: true });

addEventListener('message', ({ source, data }) => {
  if (source === parent && typeof data?.place === 'number') scrollTo(0, data.place);
});
