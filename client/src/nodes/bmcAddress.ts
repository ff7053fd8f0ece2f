import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { strip } from '@omnia-buildstream/core/text/pythonText';

/** The address of a row's BMC, and the key for data from BMCs and runs: the BMC_IP without the blanks around it. */
export function bmcAddress(bmcIp: string): string {
  return strip(bmcIp);
}

/** The web page of a BMC. Undefined for text that is not an IPv4 address, because it could lead anywhere. */
export function bmcPage(bmcIp: string): string | undefined {
  const address = bmcAddress(bmcIp);
  return isIpv4(address) ? `https://${address}/` : undefined;
}
