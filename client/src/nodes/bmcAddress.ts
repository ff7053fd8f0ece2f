import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { strip } from '@omnia-buildstream/core/text/pythonText';

/** Where the BMC of a row is reached, and the key of all that BMCs and runs say: the BMC_IP without the blanks of its cell. */
export function bmcAddress(bmcIp: string): string {
  return strip(bmcIp);
}

/** The page of a BMC; undefined for text that is not an address, which might lead anywhere. */
export function bmcPage(bmcIp: string): string | undefined {
  const address = bmcAddress(bmcIp);
  return isIpv4(address) ? `https://${address}/` : undefined;
}
