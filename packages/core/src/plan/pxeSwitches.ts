import { parseProvisionConfig } from '../context/parseProvisionConfig.ts';
import { parsePxeBootConfig, type PxeBootConfig } from '../context/pxeBootConfig.ts';
import type { Located } from '../context/problem.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import type { RestartObstacle } from './obstacles.ts';
import type { Plan, PlannedNode, PlanNotice } from './plan.ts';

/** Next to the mapping file from 2.3: what the restart stage does with the nodes of a plan. */
export const switchFiles = { boot: 'set_pxe_boot_config.yml', orchestrator: 'orchestrator_config.yml' } as const;

/** What the files say, as far as it changes a restart by Omnia. */
export interface PxeSwitches {
  /** False: orchestrator_config.yml switches the PXE boot off, and nothing else counts. */
  readonly isOn: boolean;
  /** Undefined: there is no set_pxe_boot_config.yml, so Omnia's defaults count. */
  readonly config: PxeBootConfig | undefined;
  /** Values on which the stage ends, or the file as a whole. */
  readonly refused: readonly Located<string>[];
}

/** @param text of a file beside the mapping file; undefined: none */
export function pxeSwitches(
  text: (name: string) => string | undefined,
  version: OmniaVersion,
): PxeSwitches | undefined {
  if (!traitsOf(version).switchesPxeBoot) return undefined;
  const [boot, orchestrator] = [text(switchFiles.boot), text(switchFiles.orchestrator)];
  const isOn = orchestrator === undefined || parseProvisionConfig(orchestrator).value?.enablePxeBoot !== false;
  if (isOn && boot === undefined) return undefined;
  const { value: config, problems } = parsePxeBootConfig(boot ?? '');
  const refused = config?.refused ?? problems.map(({ range }) => ({ value: switchFiles.boot, range }));
  return { isOn, config: boot === undefined ? undefined : config, refused };
}

/** Values on which the stage ends. Switched off, it does not read them. */
export function switchObstacles(switches: PxeSwitches | undefined): RestartObstacle[] {
  const refused = switches?.isOn === true ? switches.refused : [];
  if (refused.length === 0) return [];
  const lines = refused.map(({ range }) => range.start.line);
  return [{ kind: 'bad-pxe-boot-config', lines, values: refused.map(({ value }) => value) }];
}

/** The plan with the nodes that the switches leave alone. */
export function withSwitches(plan: Plan, switches: PxeSwitches | undefined): Plan {
  if (switches === undefined) return plan;
  const reason = !switches.isOn ? 'pxe-boot-off' : switches.config?.restartHost === false ? 'not-restarted' : undefined;
  if (reason === undefined) return plan;
  const nodes = plan.nodes.map((node): PlannedNode => {
    return node.action === 'boot' ? { ...node, action: 'leave', reason } : node;
  });
  return { ...plan, nodes };
}

/** What the switches change, the most serious first. */
export function switchNotices(plan: Plan, switches: PxeSwitches | undefined): PlanNotice[] {
  if (switches === undefined) return [];
  const count = plan.nodes.filter(({ reason }) => reason === 'pxe-boot-off' || reason === 'not-restarted').length;
  if (!switches.isOn) return [{ kind: 'pxe-boot-off', count }];
  const { config } = switches;
  if (config === undefined) return [];
  const { enablePxeBoot, restartHost, forceRestart, override, target, registration } = config;
  const minutes = config.pauseMinutes + Math.ceil((config.retries * config.delaySeconds) / 60);
  const isNetwork = target === 'pxe' || target === 'uefi_http';
  const notices: (PlanNotice | false)[] = [
    enablePxeBoot === false && { kind: 'pxe-boot-off-elsewhere' },
    !restartHost && { kind: 'boot-source-only', count },
    override === 'disabled' && { kind: 'override-disabled' },
    override !== 'disabled' && !isNetwork && { kind: 'other-boot-target', target },
    restartHost && !forceRestart && { kind: 'graceful-restart' },
    override === 'continuous' && { kind: 'override-continuous' },
    override === 'once' && { kind: 'override-once' },
    restartHost && !registration && { kind: 'no-registration' },
    restartHost && registration && minutes !== usualMinutes && { kind: 'registration-wait', minutes },
  ];
  return notices.filter((notice) => notice !== false);
}

const usualMinutes = 33;
