import { isIpv4, isIpv6 } from '../mapping/addresses.ts';

/** Whether a text is a DNS server as an option or a setting names it: an address, or `ADDRESS:PORT` with IPv6 in brackets. */
export function isDnsServer(text: string): boolean {
  if (isIpv4(text) || isIpv6(text)) return true;
  const [, bracketed, plain = '', port = '1'] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const isPort = Number(port) >= 1 && Number(port) <= 65_535;
  return isPort && (bracketed === undefined ? isIpv4(plain) : isIpv6(bracketed));
}
