import { randomUUID } from 'node:crypto';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { imageGroupOf, imagePath } from '@omnia-buildstream/lab/cluster/imageGroups';
import type { LabKind } from '@omnia-buildstream/lab/cluster/kinds';
import { ImageServer } from '@omnia-buildstream/lab/cluster/imageServer';
import type { Lab } from '@omnia-buildstream/lab/lab';

export interface Images {
  readonly groups: readonly ImageGroup[];
  close(): Promise<void>;
}

/** Image groups with an image for every role of the cluster, and the server that has their files. */
export async function startImages({ bmcs }: Pick<Lab, 'bmcs'>, kind: LabKind): Promise<Images> {
  const roles = [...new Set(bmcs.map(({ node }) => node.role))];
  const { imageGroups: ids, joinsFolders } = kind;
  const server = await ImageServer.start(ids.flatMap((id) => roles.map((role) => imagePath(id, role))));
  const groups = ids.map((id) => {
    const build = { roles, server: server.origin, jobId: randomUUID() };
    return imageGroupOf(id, joinsFolders ? { ...build, foldersOf: ids } : build);
  });
  return { groups, close: () => server.close() };
}
