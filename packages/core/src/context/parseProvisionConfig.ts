import type { Parsed } from './problem.ts';
import { readYamlFile, type Warn } from './yamlFile.ts';
import type { YamlValue } from './yamlValue.ts';

/** What provision_config.yml (2.1, 2.2) and orchestrator_config.yml (2.3) say about the mapping file and its nodes. */
export interface ProvisionConfig {
  /** Undefined when the value is neither yes nor no; a missing key means no, as in Omnia. */
  readonly dnsEnabled: boolean | undefined;
  /** False: the restart stage of 2.3 boots no node. */
  readonly enablePxeBoot: boolean;
  /** As written; undefined when empty, which in 2.3 means the project's default. */
  readonly mappingFilePath: string | undefined;
  readonly catalogFilePath: string | undefined;
}

const messages = {
  badBoolean: 'dns_enabled is {value}. Expected true or false. Hostnames are not checked against it.',
  badSwitch: 'enable_pxe_boot is {value}. Expected true or false.',
  notScalar: '{key} must be a single value.',
  demanded: '{key} is missing. Omnia refuses the file.',
  language: 'language is {value}. Omnia accepts only en_US.UTF-8 and refuses the file.',
  lease: 'default_lease_time is {value}. Expected a number of seconds above 0. Omnia refuses the file.',
  kernel:
    'kernel_version_override is {value}. Expected a version such as 6.12.0-55.76.1.el10_0, or nothing. Omnia refuses the file.',
} as const;

/** The file of 2.3 by its name: without these keys Omnia refuses it. */
export const orchestratorConfigName = 'orchestrator_config.yml';
const demandedKeys = ['pxe_mapping_file_path', 'language', 'default_lease_time'];

/**
 * Reads provision_config.yml or orchestrator_config.yml (omnia.md section 2). Never throws.
 * @param name of the file; no other file is required to have these keys
 */
export function parseProvisionConfig(text: string, name = ''): Parsed<ProvisionConfig> {
  return readYamlFile('provision-config-invalid', text, (root, warn) => {
    if (name === orchestratorConfigName) {
      for (const key of demandedKeys) {
        const place = { line: 0, character: 0 };
        if (root?.get(key) === undefined) warn({ start: place, end: place }, messages.demanded, { key });
      }
    }
    checkValues(root, warn);
    return {
      dnsEnabled: truth(root?.get('dns_enabled'), false, messages.badBoolean, warn),
      // Omnia's filter `bool` treats what it does not know as no.
      enablePxeBoot: truth(root?.get('enable_pxe_boot'), true, messages.badSwitch, warn) ?? false,
      mappingFilePath: path(root, 'pxe_mapping_file_path', warn),
      catalogFilePath: path(root, 'catalog_file_path', warn),
    };
  });
}

function checkValues(root: YamlValue | undefined, warn: Warn): void {
  const check = (key: string, message: string, isRight: (value: string) => boolean): void => {
    const found = root?.get(key);
    if (found === undefined || isRight(found.text ?? '')) return;
    warn(found.range, message, { value: found.text ?? '""' });
  };
  check('language', messages.language, (value) => value.includes('en_US.UTF-8'));
  check('default_lease_time', messages.lease, (value) => /^[0-9]+$/.test(value) && Number(value) > 0);
  check('kernel_version_override', messages.kernel, (value) => value === '' || /^[0-9]+\.[0-9]+\.[0-9]+-./.test(value));
}

function path(root: YamlValue | undefined, key: string, warn: Warn): string | undefined {
  const found = root?.get(key);
  if (found !== undefined && !found.isBlank && found.text === undefined) warn(found.range, messages.notScalar, { key });
  return found?.text;
}

/**
 * What both PyYAML, with which Omnia reads the file, and people understand as a truth value; anything else is unknown.
 */
function truth(value: YamlValue | undefined, otherwise: boolean, message: string, warn: Warn): boolean | undefined {
  if (value === undefined || value.isBlank) return otherwise;
  const text = value.text?.toLowerCase() ?? '';
  if (['true', 'yes', 'on'].includes(text)) return true;
  if (['false', 'no', 'off'].includes(text)) return false;
  warn(value.range, message, { value: value.text ?? '' });
  return undefined;
}
