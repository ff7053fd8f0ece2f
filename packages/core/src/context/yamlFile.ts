import type { Range } from '../text/position.ts';
import type { Params, Template } from '../text/message.ts';
import { contextCodes, type ContextCode } from './contextCodes.ts';
import type { ContextProblem, Parsed } from './problem.ts';
import { parseYaml, type YamlValue } from './yamlValue.ts';

const messages = {
  notYaml: 'The file is not valid YAML: {reason}',
  notSettings: 'The file must be a mapping of settings.',
} as const;

/** Notes what is wrong at a place, as a warning: other checks continue. */
export type Warn = (range: Range, message: Template, params?: Params) => void;

/**
 * Reads a YAML file of settings next to the mapping file. Never throws. For a file without a document `read` gets
 * undefined.
 */
export function readYamlFile<T>(
  code: ContextCode,
  text: string,
  read: (root: YamlValue | undefined, warn: Warn) => T,
): Parsed<T> {
  const problems: ContextProblem[] = [];
  const warn: Warn = (range, message, params = {}) => {
    problems.push({ code, severity: 'warning', message, params, range });
  };
  const failed = (range: Range, message: Template, params: Params = {}): Parsed<T> => ({
    value: undefined,
    problems: [{ code, severity: severityOf(code), message, params, range }],
  });
  const { root, fault } = parseYaml(text);
  if (fault !== undefined) return failed(fault.range, messages.notYaml, { reason: fault.value });
  if (root === undefined || root.isBlank) return { value: read(undefined, warn), problems };
  if (!root.isMap) return failed(root.range, messages.notSettings);
  return { value: read(root, warn), problems };
}

function severityOf(code: ContextCode): 'error' | 'warning' {
  return contextCodes[code]['2.3'] === 'error' ? 'error' : 'warning';
}
