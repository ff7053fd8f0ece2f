import { randomUUID } from 'node:crypto';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { imageGroupOf, imagePath, labImageGroups } from '@omnia-buildstream/lab/cluster/imageGroups';
import { ImageServer } from '@omnia-buildstream/lab/cluster/imageServer';
import type { Lab } from '@omnia-buildstream/lab/lab';

export interface Images {
  readonly groups: readonly ImageGroup[];
  close(): Promise<void>;
}

/** Image groups with an image for every role of the cluster, and the server that has their files. */
export async function startImages({ bmcs }: Pick<Lab, 'bmcs'>): Promise<Images> {
  const roles = [...new Set(bmcs.map(({ node }) => node.role))];
  const server = await ImageServer.start(labImageGroups.flatMap((id) => roles.map((role) => imagePath(id, role))));
  const groups = labImageGroups.map((id) => imageGroupOf(id, { roles, server: server.origin, jobId: randomUUID() }));
  return { groups, close: () => server.close() };
}
