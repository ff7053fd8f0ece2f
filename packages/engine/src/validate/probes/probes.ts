import { phrase } from '@omnia-buildstream/core/text/phrase';
import { checkAdviceTexts as advice, findingTexts as texts } from '../checkTexts.ts';
import type { Clock } from '../../ports/clock.ts';
import { skipped, type Check, type Finding } from '../check.ts';
import { clockProbe } from './clockSkew.ts';
import { imageProbe, type ImageEvidence } from './image.ts';
import { kubeApiProbe, type ApiClient } from './kubeApi.ts';
import type { Login } from './login.ts';
import { nameProbe } from './name.ts';
import type { NameSource } from './names.ts';
import type { Probe } from './prober.ts';
import { probeTcp } from './tcp.ts';

export interface ProbeSettings {
  readonly clock: Clock;
  readonly names: NameSource;
  readonly api: ApiClient;
  /** undefined: nobody logs in. */
  readonly login: Login | undefined;
  readonly evidence: ImageEvidence;
  /** How much the clocks may differ. */
  readonly skewLimitMs: number;
}

/** The probe for every kind of check. */
export function makeProbe({ clock, names, api, login, evidence, skewLimitMs }: ProbeSettings): Probe {
  const name = nameProbe(names);
  const kubeApi = kubeApiProbe(api);
  const skew = login === undefined ? undefined : clockProbe(login, clock, skewLimitMs);
  const image = login === undefined ? undefined : imageProbe(login, evidence);
  return (check: Check, signal: AbortSignal): Promise<Finding> => {
    switch (check.kind) {
      case 'name':
        return name(check, signal);
      case 'kube-api':
        return kubeApi(check, signal);
      case 'clock':
        return skew?.(check, signal) ?? noLogin();
      case 'image':
        return image?.(check, signal) ?? noLogin();
      default:
        return probeTcp(check, signal);
    }
  };
}

function noLogin(): Promise<Finding> {
  return Promise.resolve(skipped(phrase(texts.noLogin), advice.key));
}
