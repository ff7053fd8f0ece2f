import type { Params, Template } from '../text/message.ts';
import type { ContextProblem, Parsed } from './problem.ts';
import { parseYaml, type YamlValue } from './yamlValue.ts';

/** What provision_config.yml (2.1, 2.2) and orchestrator_config.yml (2.3) say about the mapping file. */
export interface ProvisionConfig {
  /** Undefined when the value is neither yes nor no; a missing key means no, as in Omnia. */
  readonly dnsEnabled: boolean | undefined;
  /** As written; undefined when empty, which in 2.3 means the project's default. */
  readonly mappingFilePath: string | undefined;
  readonly catalogFilePath: string | undefined;
}

const messages = {
  notYaml: 'The file is not YAML: {reason}',
  notMap: 'The file must be a mapping of settings such as dns_enabled.',
  badBoolean: 'dns_enabled is {value}, but must be true or false, so host names are not checked for it.',
  notScalar: '{key} must be a single value.',
} as const;

/** Reads provision_config.yml or orchestrator_config.yml (omnia.md section 2). Never throws. */
export function parseProvisionConfig(text: string): Parsed<ProvisionConfig> {
  const problems: ContextProblem[] = [];
  const report = (
    severity: ContextProblem['severity'],
    range: ContextProblem['range'],
    message: Template,
    params: Params = {},
  ): void => {
    problems.push({ code: 'provision-config-invalid', severity, message, params, range });
  };
  const { root, fault } = parseYaml(text);
  if (root === undefined) {
    if (fault !== undefined) report('error', fault.range, messages.notYaml, { reason: fault.value });
    return { value: undefined, problems };
  }
  if (!root.isMap) {
    report('error', root.range, messages.notMap);
    return { value: undefined, problems };
  }
  const path = (key: string): string | undefined => {
    const found = root.get(key);
    if (found !== undefined && !found.isBlank && found.text === undefined) {
      report('warning', found.range, messages.notScalar, { key });
    }
    return found?.text;
  };
  const dns = root.get('dns_enabled');
  const dnsEnabled = readBoolean(dns);
  if (dns !== undefined && dnsEnabled === undefined) {
    report('warning', dns.range, messages.badBoolean, { value: dns.text ?? '' });
  }
  const value = {
    dnsEnabled,
    mappingFilePath: path('pxe_mapping_file_path'),
    catalogFilePath: path('catalog_file_path'),
  };
  return { value, problems };
}

/** What both PyYAML, with which Omnia reads the file, and people take for a truth value; anything else is unknown. */
function readBoolean(value: YamlValue | undefined): boolean | undefined {
  if (value === undefined || value.isBlank) return false;
  const text = value.text?.toLowerCase() ?? '';
  if (['true', 'yes', 'on'].includes(text)) return true;
  if (['false', 'no', 'off'].includes(text)) return false;
  return undefined;
}
