import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';

/** The page of a BMC; undefined for text that is no address, which might lead anywhere. */
export function bmcPage(bmcIp: string): string | undefined {
  return isIpv4(bmcIp) ? `https://${bmcIp}/` : undefined;
}
