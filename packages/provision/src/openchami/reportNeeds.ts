import { phrase } from '@omnia-buildstream/core/text/phrase';
import { forEachLimited } from '@omnia-buildstream/engine/concurrency/forEachLimited';
import { ProvisionError, type Tell } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { BootApi } from './bootApi.ts';
import { Failures } from './failures.ts';
import { openchamiTexts } from './openchamiTexts.ts';
import { lackingNeeds, missingWrites } from './missingNeeds.ts';
import { readReportState } from './reportState.ts';
import { reportWrites } from './reportWrites.ts';
import type { OpenchamiService } from './service.ts';
import type { SmdInventory } from './smd.ts';
import type { WantedNode } from './wanted.ts';

interface Given {
  /** Nodes that have their boot parameters. */
  readonly nodes: readonly WantedNode[];
  readonly components: SmdInventory['components'];
  readonly tell: Tell | undefined;
  readonly signal: AbortSignal;
}

const concurrency = 8;
/** As with boot parameters: after lost responses, what is still missing and was not refused is sent once more. */
const rounds = 2;

/**
 * Gives nodes what they need to report, as far as it is known here. The nodes can already boot, so failures are only
 * reported and do not fail the stage.
 */
export async function giveReportNeeds(
  service: OpenchamiService,
  api: BootApi,
  { nodes, components, tell, signal }: Given,
): Promise<void> {
  if (nodes.length === 0) return;
  try {
    let report = await readReportState(service, api, signal);
    const failures = new Failures();
    for (let round = 1, isLost = true; isLost && round <= rounds; round++) {
      const writes = reportWrites(nodes, report).filter((one) => !failures.isRefused(one));
      if (writes.length === 0) break;
      isLost = false;
      await forEachLimited(writes, concurrency, async (one) => {
        signal.throwIfAborted();
        const outcome = await service.write(one.write, signal);
        failures.add(one, outcome);
        if (outcome.kind === 'lost') isLost = true;
      });
      report = await readReportState(service, api, signal);
    }
    const missing = [...missingWrites(nodes, report, failures), ...lackingNeeds(nodes, { components, report })];
    for (const one of missing) tell?.('warning', one);
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    tell?.('warning', phrase(openchamiTexts.needsNotGiven, { why: error.said }));
  }
}
