import type { ServerClock } from '../clock.ts';

export const machineClock: ServerClock = {
  now: () => performance.now(),
  worked() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};
