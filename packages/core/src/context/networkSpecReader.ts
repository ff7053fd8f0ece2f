import type { Range } from '../text/position.ts';
import { networkOf, parseIpv4, parseIpv6, type Ipv4Network } from '../mapping/addresses.ts';
import type { Params, Template } from '../text/message.ts';
import type { AddressRange } from './context.ts';
import type { ContextCode } from './contextCodes.ts';
import { networkSpecMessages as messages } from './networkSpecMessages.ts';
import type { ContextProblem, Located } from './problem.ts';
import type { YamlValue } from './yamlValue.ts';

/** Reads single values of network_spec.yml and collects what is wrong with them. Blank values count as absent. */
export class NetworkSpecReader {
  readonly problems: ContextProblem[] = [];

  invalid(range: Range, message: Template, params: Params = {}): void {
    this.problems.push({ code: 'network-spec-invalid', severity: 'error', message, params, range });
  }

  incomplete(range: Range, message: Template, params: Params): void {
    this.warn('network-spec-incomplete', range, message, params);
  }

  warn(code: ContextCode, range: Range, message: Template, params: Params = {}): void {
    this.problems.push({ code, severity: 'warning', message, params, range });
  }

  text(map: YamlValue, key: string): Located<string> | undefined {
    const found = map.get(key);
    if (found === undefined || found.isBlank) return undefined;
    if (found.text === undefined) {
      this.invalid(found.range, messages.notScalar, { key });
      return undefined;
    }
    return { value: found.text, range: found.range };
  }

  address(map: YamlValue, key: string): Located<number> | undefined {
    const found = this.text(map, key);
    if (found === undefined) return undefined;
    const value = parseIpv4(found.value);
    if (value === undefined) {
      this.invalid(found.range, messages.badAddress, { key, value: found.value });
      return undefined;
    }
    return { value, range: found.range };
  }

  ipv6(map: YamlValue, key: string): Located<readonly number[]> | undefined {
    const found = this.text(map, key);
    if (found === undefined) return undefined;
    const value = parseIpv6(found.value);
    if (value === undefined) {
      this.invalid(found.range, messages.badIpv6, { key, value: found.value });
      return undefined;
    }
    return { value, range: found.range };
  }

  /** Netmask bits: 1 to 32 (Omnia 2.2), for IPv6 to 128. The schemas of all versions accept only a text. */
  bits(map: YamlValue, key: string, most = 32): Located<number> | undefined {
    const found = this.text(map, key);
    if (found === undefined) return undefined;
    const value = map.get(key)?.whole ?? 0;
    if (value < 1 || value > most) {
      this.invalid(found.range, messages.badNetmask, { key, value: found.value, most });
      return undefined;
    }
    if (map.get(key)?.isString !== true) {
      this.warn('network-spec-invalid', found.range, messages.netmaskNumber, { key, value });
    }
    return { value, range: found.range };
  }

  dynamicRange(map: YamlValue): Located<AddressRange> | undefined {
    const found = this.text(map, 'dynamic_range');
    if (found === undefined) return undefined;
    const [first, last, ...more] = found.value.split('-').map((part) => parseIpv4(part.trim()));
    if (first === undefined || last === undefined || more.length > 0) {
      this.invalid(found.range, messages.badRange, { value: found.value });
      return undefined;
    }
    return { value: { first, last }, range: found.range };
  }
}

/** The network of an address, placed where the address stands. */
export function locatedNetwork(
  address: Located<number> | undefined,
  bits: Located<number> | undefined,
): Located<Ipv4Network> | undefined {
  if (address === undefined || bits === undefined) return undefined;
  return { value: networkOf(address.value, bits.value), range: address.range };
}
