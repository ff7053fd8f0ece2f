import { randomUUID } from 'node:crypto';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { imageGroupOf, imagePath } from '@omnia-buildstream/lab/cluster/imageGroups';
import { ImageServer } from '@omnia-buildstream/lab/cluster/imageServer';
import type { LabKind } from '@omnia-buildstream/lab/cluster/kinds';
import type { Lab } from '@omnia-buildstream/lab/lab';
import type { ImageStore } from '@omnia-buildstream/lab/oim/pipelineService';

export interface Images {
  /** Those that were built and not removed. */
  readonly groups: readonly ImageGroup[];
  /** What builds and cleanups of the pipeline do to them. */
  readonly store: ImageStore;
  readonly urlOf: (imageGroup: string, role: string) => string;
  close(): Promise<void>;
}

/** Image groups with an image for every role of the cluster, and the server that has their files. */
export async function startImages(
  { bmcs }: Pick<Lab, 'bmcs'>,
  { joinsFolders }: Pick<LabKind, 'joinsFolders'>,
  imageGroups: readonly string[],
): Promise<Images> {
  const roles = [...new Set(bmcs.map(({ node }) => node.role))];
  const server = await ImageServer.start([]);
  const groups: ImageGroup[] = [];
  const pathsOf = (id: string): string[] => roles.map((role) => imagePath(id, role));
  const build = (id: string, jobId: string, ids: readonly string[]): ImageGroup => {
    server.add(pathsOf(id));
    const made = { roles, server: server.origin, jobId };
    const group = imageGroupOf(id, joinsFolders ? { ...made, foldersOf: ids } : made);
    groups.push(group);
    return group;
  };
  for (const id of imageGroups) build(id, randomUUID(), imageGroups);
  const store: ImageStore = {
    build: (id, jobId) => build(id, jobId, [...groups.map((group) => group.id), id]).images,
    remove: (id) => {
      server.remove(pathsOf(id));
      groups.splice(0, groups.length, ...groups.filter((group) => group.id !== id));
    },
  };
  const urlOf = (id: string, role: string): string => `${server.origin}${imagePath(id, role)}/vmlinuz`;
  return { groups, store, urlOf, close: () => server.close() };
}
