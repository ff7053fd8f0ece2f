/** A MAC address as iPXE's `${mac:hexhyp}` writes it, `aa-bb-cc-dd-ee-ff`; whatever separators it came with. */
export function hyphenMac(mac: string): string {
  return mac.trim().toLowerCase().replaceAll(':', '-');
}
