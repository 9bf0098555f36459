// Something that is asked for once its place comes into view, and again after a while where that failed.

const pauseFirstMs = 5_000;
const pauseMostMs = 300_000;

/** How long to wait after so many failures in a row, from 1: twice as long each time, up to five minutes. */
export function pauseAfter(failures: number): number {
  return Math.min(pauseFirstMs * 2 ** (failures - 1), pauseMostMs);
}

/**
 * Asks when `place` is seen; `take` is given the answer, once. What failed is asked for again after a pause, while the place
 * is seen. Returns how to stop: nothing is asked or taken after that.
 */
export function whenSeen<T>(place: Element, ask: () => Promise<T>, take: (answer: T) => void): () => void {
  let failures = 0;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    // Not twice at the same time.
    observer.unobserve(place);
    ask().then(
      (answer) => {
        if (!stopped) take(answer);
      },
      () => {
        if (stopped) return;
        failures += 1;
        timer = setTimeout(() => observer.observe(place), pauseAfter(failures));
      },
    );
  });
  observer.observe(place);
  return () => {
    stopped = true;
    clearTimeout(timer);
    observer.disconnect();
  };
}
