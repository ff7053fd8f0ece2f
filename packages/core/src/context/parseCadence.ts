import { parseYaml } from './yamlValue.ts';

/** What build_stream_config.yml says about the cadence (omnia.md section 8). */
export interface CadenceConfig {
  /** Undefined: not written as yes or no. */
  readonly isEnabled: boolean | undefined;
  readonly intervalSeconds: number | undefined;
}

/** Undefined when the text has no mapping `cadence`. Never throws. */
export function parseCadence(text: string): CadenceConfig | undefined {
  const cadence = parseYaml(text).root?.get('cadence');
  if (cadence?.isMap !== true) return undefined;
  const enabled = cadence.get('enabled')?.text?.toLowerCase();
  const seconds = Number(cadence.get('interval_seconds')?.text ?? Number.NaN);
  return {
    isEnabled: enabled === 'true' ? true : enabled === 'false' ? false : undefined,
    intervalSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : undefined,
  };
}
