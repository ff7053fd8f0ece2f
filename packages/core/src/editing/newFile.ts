import { adminAddressUse, adminNetworks } from '../context/adminAddress.ts';
import type { NetworkSpec } from '../context/context.ts';
import { parseNetworkSpec } from '../context/parseNetworkSpec.ts';
import { CsvDocument } from '../csv/document.ts';
import { broadcastOf, formatIpv4 } from '../mapping/addresses.ts';
import { requiredCells } from '../mapping/columns.ts';
import { knownGroups } from '../mapping/functionalGroups.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { mappingRules } from '../rules/registry.ts';
import { applyEdits } from '../text/applyEdits.ts';
import type { Say } from '../text/message.ts';
import { severityOf } from '../validation/settings.ts';
import { MappingModel } from '../validation/model.ts';
import { addNodes, type AddNodes, type ListColumn } from './addNodes.ts';
import { exampleCount, exampleFile, headerOfNew } from './exampleFile.ts';
import { countsOf, listOf } from './findingCounts.ts';

/** What a new mapping file is for. */
export interface NewFilePlace {
  readonly version: OmniaVersion;
  /** Text of network_spec.yml, whose addresses are used; undefined: none. */
  readonly network?: string;
}

export interface NewFile extends NewFilePlace {
  /** Undefined: examples, to be replaced. */
  readonly nodes?: Omit<AddNodes, 'kind'>;
}

/** The text, or the kinds of problems that Omnia would refuse it for. */
export type NewFileText = { readonly text: string } | { readonly problems: string };

/** A mapping file in which its version finds no error, or nothing. */
export function newMappingText({ version, network: spec, nodes }: NewFile, say: Say): NewFileText {
  const network = networkIn(spec, version);
  const settings = {
    version,
    context: network === undefined ? {} : { network },
    overrides: new Map(),
    encoding: { kind: 'utf8' },
  } as const;
  const modelOf = (text: string): MappingModel => new MappingModel(new CsvDocument(text), mappingRules, settings);
  const header = modelOf(`${headerOfNew(version).join(',')}\n`);
  const text =
    nodes === undefined
      ? exampleFile(version, freeAdminAddresses(network, version, exampleCount))
      : applyEdits(header.document.text(), addNodes(header, { kind: 'add', ...nodes }, say).edits);
  const model = modelOf(text.endsWith('\n') ? text : `${text}\n`);
  const errors = model.findings().filter((finding) => severityOf(finding, settings) === 'error');
  const codes = new Set(errors.map(({ rule }) => rule.code));
  const problems = [...countsOf(model)].filter(([code]) => codes.has(code));
  return problems.length === 0 ? { text: model.document.text() } : { problems: listOf(problems) };
}

/** The first free addresses of the admin subnets; fewer if there are not enough, none without a subnet. */
export function freeAdminAddresses(network: NetworkSpec | undefined, version: OmniaVersion, count: number): string[] {
  const found: string[] = [];
  if (network === undefined) return found;
  for (const subnet of adminNetworks(network, version)) {
    const last = Math.min(broadcastOf(subnet), subnet.base + mostLooked);
    for (let address = subnet.base; address <= last && found.length < count; address++) {
      if (adminAddressUse(network, version, address) === 'free') found.push(formatIpv4(address));
    }
  }
  return found;
}

/** A DHCP range may begin where the subnet does. */
const mostLooked = 65_536;

/** What somebody who names the first nodes is asked. */
export interface NewFileQuestions {
  readonly roles: readonly { readonly name: string; readonly description: string }[];
  /** The release is part of each role. */
  readonly asksRelease: boolean;
  /** The first free address of the admin network; empty: not known. */
  readonly adminIp: string;
  /** Columns for which the version demands a value that nobody can know. */
  readonly demanded: readonly ListColumn[];
  /** network_spec.yml cannot be used; empty: it can, or there is none. In the user's language. */
  readonly problem: string;
}

const listed: readonly ListColumn[] = ['SERVICE_TAG', 'ADMIN_MAC', 'BMC_MAC'];

export function newFileQuestions({ version, network: spec }: NewFilePlace, say: Say): NewFileQuestions {
  const [first] = spec === undefined ? [] : parseNetworkSpec(spec, version).problems;
  const network = networkIn(spec, version);
  const demanded = requiredCells(version);
  const roles = knownGroups(version).filter(({ name }) => !name.includes('_first_'));
  return {
    roles: roles.map(({ name, description }) => ({ name, description: say(description) })),
    asksRelease: traitsOf(version).osRelease === 'demanded',
    adminIp: freeAdminAddresses(network, version, 1)[0] ?? '',
    demanded: listed.filter((column) => demanded.includes(column)),
    problem:
      spec === undefined || network !== undefined ? '' : first === undefined ? '?' : say(first.message, first.params),
  };
}

function networkIn(spec: string | undefined, version: OmniaVersion): NetworkSpec | undefined {
  return spec === undefined ? undefined : parseNetworkSpec(spec, version).value;
}
