/** What a visitor holds, as far as a browser can pretend. */
export interface Device {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly hasTouch: boolean;
  readonly isMobile: boolean;
  /** How many times slower the page's main thread is than this machine's; workers are as fast as ever. */
  readonly slowdown: number;
}

export const devices = {
  // Lighthouse's mobile slowdown (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md).
  phone: { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true, slowdown: 4 },
  desktop: { viewport: { width: 1280, height: 900 }, hasTouch: false, isMobile: false, slowdown: 1 },
} as const satisfies Record<string, Device>;
