import type { SourceTable } from '../mapping/sourceTable.ts';

/** Names of the columns of a table of leases, as a mapping file has them. */
const header = ['HOSTNAME', 'ADMIN_MAC', 'ADMIN_IP'] as const;

interface Lease {
  readonly ip: string;
  readonly mac: string;
  readonly host: string;
  readonly isCurrent: boolean;
}

/**
 * The leases of ISC's dhcpd (`dhcpd.leases`) or of dnsmasq as a table; undefined for another text. Both write what
 * changed at the end: for an address the last lease counts, and one that ended says nothing (inventories.md section 1).
 */
export function leaseTable(text: string): SourceTable | undefined {
  const leases = iscLeases(text) ?? dnsmasqLeases(text);
  if (leases === undefined) return undefined;
  const last = new Map(leases.map((lease) => [lease.ip, lease]));
  const rows = [...last.values()].filter(({ isCurrent }) => isCurrent).map(({ ip, mac, host }) => [host, mac, ip]);
  return { rows: [[...header], ...rows], width: header.length, leftOut: 0, isNamed: true };
}

/** Undefined where no line begins a lease. */
function iscLeases(text: string): Lease[] | undefined {
  const blocks = text.split(/^[ \t]*lease[ \t]+/m).slice(1);
  if (blocks.length === 0) return undefined;
  return blocks.flatMap((block) => {
    const [ip = ''] = /^[0-9.]+/.exec(block) ?? [];
    const body = block.slice(0, endOf(block));
    const mac = /\bhardware ethernet ([0-9A-Fa-f:]+);/.exec(body)?.[1] ?? '';
    const host = /\bclient-hostname "([^"\n]*)"/.exec(body)?.[1] ?? '';
    return ip === '' || !block.slice(ip.length).trimStart().startsWith('{')
      ? []
      : [{ ip, mac, host, isCurrent: stateOf(body) === 'active' && mac !== '' }];
  });
}

/** Older servers write none. */
function stateOf(body: string): string {
  const lines = body.split('\n').map((line) => line.trim());
  const said = lines.find((line) => line.startsWith(stateWord))?.slice(stateWord.length, -1);
  return said ?? 'active';
}

const stateWord = 'binding state ';

function endOf(block: string): number {
  const end = block.indexOf('\n}');
  return end === -1 ? block.length : end;
}

/** From the lines `time MAC address name id`; undefined where a line is not a lease. */
function dnsmasqLeases(text: string): Lease[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const leases = lines.map((line): Lease | undefined => {
    const [time = '', mac = '', ip = '', host = '', ...rest] = line.split(' ');
    const isLease = /^[0-9]+$/.test(time) && /^[0-9.]+$/.test(ip) && /^[0-9A-Fa-f:-]{17,}$/.test(mac);
    if (!isLease || rest.length !== 1) return undefined;
    // With another type of hardware the address is preceded by its number.
    return { ip, mac: mac.replace(/^[0-9A-Fa-f]{2}-/, ''), host: host === '*' ? '' : host, isCurrent: true };
  });
  // What is assigned over IPv6 is below a line with the server's own id.
  const end = lines.findIndex((line) => line.startsWith('duid '));
  const used = end === -1 ? leases : leases.slice(0, end);
  const found = used.filter((lease) => lease !== undefined);
  return found.length > 0 && found.length === used.length ? found : undefined;
}

/** Of Kea's `kea-leases4.csv` the last line of each address that is assigned; another table as it is. */
export function currentOfKea(table: SourceTable): SourceTable {
  const [names = [], ...rows] = table.rows;
  const [address, mac, state, lifetime] = ['address', 'hwaddr', 'state', 'valid_lifetime'].map((name) =>
    names.indexOf(name),
  ) as [number, number, number, number];
  if (address < 0 || mac < 0 || state < 0) return table;
  const last = new Map(rows.map((row) => [row[address] ?? '', row]));
  const current = [...last.values()].filter((row) => row[state] === '0' && row[lifetime] !== '0');
  return { ...table, rows: [names, ...current], isNamed: true };
}
