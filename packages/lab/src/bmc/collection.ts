export const link = (path: string): { readonly '@odata.id': string } => ({ '@odata.id': path });

export function collection(path: string, type: string, members: readonly string[]): unknown {
  return {
    '@odata.id': path,
    '@odata.type': `#${type}.${type}`,
    Name: type,
    Members: members.map(link),
    'Members@odata.count': members.length,
  };
}
