// Runs in the page before anything of it: watches what browsers tell of loading.

export interface Watched {
  /** Milliseconds since the navigation began. */
  firstContentfulPaint: number;
  largestContentfulPaint: number;
  /** The sum of all shifts without a recent input: nothing here comes in bursts, of which web.dev/cls takes the worst. */
  layoutShift: number;
  /** Tasks of more than 50 milliseconds on the main thread. */
  longTasks: { start: number; duration: number }[];
  /** When somebody clicked for the last time. */
  clicked: number;
}

declare global {
  interface Window {
    watched: Watched;
  }
}

export function watch(): void {
  window.watched = {
    firstContentfulPaint: 0,
    largestContentfulPaint: 0,
    layoutShift: 0,
    longTasks: [],
    clicked: 0,
  };
  const { watched } = window;
  const on = (type: string, see: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  on("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") watched.firstContentfulPaint = startTime;
  });
  on("largest-contentful-paint", ({ startTime }) => {
    watched.largestContentfulPaint = startTime;
  });
  on("layout-shift", (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) watched.layoutShift += value;
  });
  addEventListener(
    "click",
    ({ timeStamp }) => {
      watched.clicked = timeStamp;
    },
    { capture: true },
  );
  on("longtask", ({ startTime, duration }) => {
    watched.longTasks.push({ start: startTime, duration });
  });
}
