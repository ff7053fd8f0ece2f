import type { Said } from '@omnia-buildstream/core/text/phrase';
import { isIpv4, isIpv6 } from '@omnia-buildstream/core/mapping/addresses';
import type { DeployNode, DeployPlan } from '@omnia-buildstream/core/plan/planDeploy';
import { BmcError, type BmcClient } from '../ports/bmc.ts';
import type { Clock } from '../ports/clock.ts';
import type { ImageFault, ImageProbe } from '../ports/imageProbe.ts';
import type { RoleImage } from '../ports/images.ts';
import { DeadlineError, withDeadline } from '../time/deadline.ts';
import type { PreflightFinding } from './finding.ts';
import { forEachLimited } from '../concurrency/forEachLimited.ts';
import type { BmcCheck, DeploySettings } from './settings.ts';

export interface PreflightInput {
  readonly plan: DeployPlan<RoleImage>;
  /** Errors of the mapping file for its version, in words. */
  readonly mappingErrors: readonly Said[];
  readonly settings: DeploySettings;
  readonly bmcCheck: BmcCheck;
  readonly bmc: BmcClient;
  readonly images: ImageProbe;
  readonly clock: Clock;
}

/**
 * Everything that prevents the deploy, in the order of the checks. Changes nothing. Rejects with the signal's reason.
 */
export async function preflight(input: PreflightInput, signal: AbortSignal): Promise<PreflightFinding[]> {
  const { plan, mappingErrors } = input;
  const mapping = mappingErrors.map((text): PreflightFinding => ({ check: 'mapping', text }));
  const [images, bmcs] = await Promise.all([imageFindings(input, signal), bmcFindings(input, signal)]);
  return [...mapping, ...rowFindings(plan), ...bootFileFindings(plan), ...images, ...bmcs];
}

function rowFindings({ nodes, lacking }: DeployPlan<RoleImage>): PreflightFinding[] {
  if (nodes.length === 0 && lacking.length === 0) return [{ check: 'no-nodes' }];
  return lacking.flatMap(({ target: { hostname, line, functionalGroup }, lacks }) =>
    lacks.map((lack) => ({ check: 'row', name: hostname, line, role: functionalGroup, lack }) as const),
  );
}

function bootFileFindings({ nodes }: DeployPlan<RoleImage>): PreflightFinding[] {
  const without = new Set(nodes.map(({ image }) => image).filter(({ boot }) => boot === undefined));
  return [...without].map(({ name, role }) => ({ check: 'boot-files', image: name, role }));
}

/** Each file once, however many images and nodes share it. */
async function imageFindings(
  { plan, images, settings, clock }: PreflightInput,
  signal: AbortSignal,
): Promise<PreflightFinding[]> {
  const urls = new Map<string, Set<string>>();
  for (const { image } of plan.nodes) {
    const { kernel, initrd, rootfs } = image.boot ?? {};
    for (const url of [kernel, initrd, rootfs]) {
      if (url !== undefined) urls.set(url, (urls.get(url) ?? new Set()).add(image.name));
    }
  }
  const faults = new Map<string, ImageFault>();
  await forEachLimited([...urls.keys()], settings.imageConcurrency, async (url) => {
    const fault = await withDeadline(clock, settings.imageLimitMs, signal, (inner) => images.probe(url, inner)).catch(
      (error: unknown): ImageFault => {
        if (error instanceof DeadlineError) return { reason: 'timeout', detail: error.said };
        throw error;
      },
    );
    if (fault !== undefined) faults.set(url, fault);
  });
  return [...urls].flatMap(([url, names]): PreflightFinding[] => {
    const fault = faults.get(url);
    return fault === undefined ? [] : [{ check: 'image', url, images: [...names], fault }];
  });
}

/** For every row that has to be asked, deployable or not: all findings are reported at once. */
async function bmcFindings(input: PreflightInput, signal: AbortSignal): Promise<PreflightFinding[]> {
  const { plan, settings } = input;
  const targets = [...plan.nodes, ...plan.lacking].map(({ target }) => target).filter(isAsked(input.bmcCheck));
  targets.sort((one, other) => one.line - other.line);
  const found = new Map<Target, PreflightFinding>();
  await forEachLimited(targets, settings.bmcConcurrency, async (target) => {
    const finding = await askBmc(target, input, signal);
    if (finding !== undefined) found.set(target, finding);
  });
  return targets.flatMap((target) => found.get(target) ?? []);
}

type Target = DeployNode['target'];

function isAsked(check: BmcCheck): (target: Target) => boolean {
  if (check.kind !== 'only') return () => check.kind === 'all';
  const names = new Set(check.hostnames.map((name) => name.toLowerCase()));
  return ({ hostname }) => names.has(hostname.toLowerCase());
}

async function askBmc(
  { hostname, bmcIp }: Target,
  { bmc, clock, settings }: PreflightInput,
  signal: AbortSignal,
): Promise<PreflightFinding | undefined> {
  const finding = { check: 'bmc', hostname, bmcIp } as const;
  if (bmcIp === '') return { ...finding, reason: 'no-bmc-ip', detail: '' };
  if (!isIpv4(bmcIp) && !isIpv6(bmcIp)) return { ...finding, reason: 'bad-address', detail: bmcIp };
  const connection = bmc.connect(bmcIp);
  try {
    await withDeadline(clock, settings.bmcLimitMs, signal, (inner) => connection.reach(inner));
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DeadlineError) return { ...finding, reason: 'timeout', detail: error.said };
    if (BmcError.is(error)) return { ...finding, reason: error.reason, detail: error.said };
    throw error;
  } finally {
    await connection.close();
  }
}
