/** A lab in a separate process, for bench/restart.mjs: the BMCs must not share processor time with what is measured. */
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { startLab } from '@omnia-buildstream/lab/lab';

const [size, latencyMs] = process.argv.slice(2).map(Number);
const lab = await startLab({
  clock: systemClock,
  size: size ?? 1,
  latencyMs: latencyMs ?? 0,
  user: 'root',
  password: 'bench',
  power: { offMs: 1, poweringOnMs: 1, bootMs: 500 },
  reportPort: 0,
});
await lab.fleet.warmUp();
process.on('message', () => {
  const requests = lab.bmcs.reduce((sum, { record }) => sum + record.requests.length, 0);
  const resets = lab.bmcs.reduce((sum, { record }) => sum + record.resetsCarriedOut, 0);
  process.send?.({ requests, resets, peakMb: process.resourceUsage().maxRSS / 1024 });
});
process.on('disconnect', () => process.exit());
const { port, ca, mappingFile, report, bmcs } = lab;
process.send?.({ port, ca, mappingFile, report, addresses: bmcs.map(({ node }) => node.address) });
