import { adminAddressUse, adminNetworks } from '../context/adminAddress.ts';
import { broadcastOf, formatIpv4 } from '../mapping/addresses.ts';
import type { ColumnName } from '../mapping/columns.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import { plain, type Suggestion } from './suggestion.ts';

export const hardwareMessages = {
  used: 'in use',
  vendor: 'beginning of the row above',
  nicForm: 'InfiniBand port',
} as const;

/** The first address of the admin network that nothing uses. */
export function firstFreeAddress(model: MappingModel, detail: string): Suggestion[] {
  const { network } = model.context;
  const subnet = network === undefined ? undefined : adminNetworks(network, model.version)[0];
  if (network === undefined || subnet === undefined) return [];
  const last = Math.min(broadcastOf(subnet), subnet.base + 65_536);
  for (let candidate = subnet.base; candidate <= last; candidate++) {
    if (adminAddressUse(network, model.version, candidate) !== 'free') continue;
    const text = formatIpv4(candidate);
    const isUsed = model.find('ADMIN_IP', text).length > 0 || model.find('BMC_IP', text).length > 0;
    if (!isUsed) return [plain('address', text, detail)];
  }
  return [];
}

/** Ports of one purchase share the maker's half of the address. */
export function macSuggestions(model: MappingModel, row: MappingRow, column: ColumnName, say: Say): Suggestion[] {
  const halves = new Set<string>();
  const { records } = model.document;
  const at = model.document.indexOf(row.record);
  for (let index = at - 1; index >= Math.max(0, at - 50); index--) {
    const record = records[index];
    const text = record === undefined ? '' : (model.rowOf(record)?.text[column] ?? '');
    const half = /^(?:[0-9A-Fa-f]{2}[:-]){3}/.exec(text)?.[0];
    if (half !== undefined) halves.add(half);
  }
  return [...halves].map((half) => plain('mac', half, say(hardwareMessages.vendor)));
}

const nicForms: readonly string[] = [
  'InfiniBand.Slot.7-1',
  'InfiniBand.PCIe.Slot.7-1',
  'NIC.InfiniBand.1-1',
  'InfiniBand.Single-1',
];

export function nicSuggestions(model: MappingModel, say: Say): Suggestion[] {
  return [
    ...[...model.index('IB_NIC_NAME').keys()]
      .slice(0, 20)
      .map((name) => plain('nic', name, say(hardwareMessages.used))),
    ...nicForms.map((name) => plain('nic', name, say(hardwareMessages.nicForm))),
  ];
}
