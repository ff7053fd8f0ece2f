/** A MAC address with colons or hyphens in the form of iPXE's `${mac:hexhyp}`, `aa-bb-cc-dd-ee-ff`. */
export function hyphenMac(mac: string): string {
  return mac.trim().toLowerCase().replaceAll(':', '-');
}
