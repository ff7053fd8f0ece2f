import { groupIdentity, type GroupIdentity } from '../mapping/functionalGroups.ts';

/** What choosing an image needs to know about it. */
export interface NamedImage {
  /** Functional group that it was built for, with or without the OS release. */
  readonly role: string;
  readonly name: string;
}

export type ImageMatch<Image> =
  | { readonly kind: 'found'; readonly image: Image }
  | { readonly kind: 'no-architecture' }
  | { readonly kind: 'no-image' }
  /** The role has images, but of other architectures or OS releases. */
  | { readonly kind: 'other-images'; readonly roles: readonly string[] }
  /** Several would fit, and nothing says which is meant. */
  | { readonly kind: 'ambiguous'; readonly roles: readonly string[] };

/**
 * The image of a group that a functional group boots. Role and architecture must agree, and the OS release where both
 * name one, as in Omnia's check against the catalog (omnia.md section 1.6). The same release is preferred to none, and
 * no release on both sides to any.
 */
export function matchImage<Image extends NamedImage>(group: string, images: readonly Image[]): ImageMatch<Image> {
  const wanted = groupIdentity(group);
  if (wanted === undefined) return { kind: 'no-architecture' };
  const ofRole = images.flatMap((image) => {
    const identity = groupIdentity(image.role);
    return identity?.role === wanted.role ? [{ image, identity }] : [];
  });
  const fitting = ofRole.filter(({ identity }) => fits(wanted, identity));
  const exact = fitting.filter(({ identity }) => identity.osRelease === wanted.osRelease);
  const candidates = exact.length > 0 ? exact : fitting;
  const [first] = candidates;
  if (first !== undefined && candidates.length === 1) return { kind: 'found', image: first.image };
  const roles = (first === undefined ? ofRole : candidates).map(({ image }) => image.role);
  if (roles.length === 0) return { kind: 'no-image' };
  return { kind: first === undefined ? 'other-images' : 'ambiguous', roles };
}

function fits(wanted: GroupIdentity, { architecture, osRelease }: GroupIdentity): boolean {
  if (architecture !== wanted.architecture) return false;
  return osRelease === undefined || wanted.osRelease === undefined || osRelease === wanted.osRelease;
}
