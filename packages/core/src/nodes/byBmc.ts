/** Entries by the text of their BMC_IP, in their order. */
export function byBmc<Node extends { readonly bmcIp: string }>(
  nodes: readonly Node[],
): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  for (const node of nodes) found.set(node.bmcIp, [...(found.get(node.bmcIp) ?? []), node]);
  return found;
}
