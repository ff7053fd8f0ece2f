import { inventoryOfRows } from '@omnia-buildstream/core/nodes/inventoryRows';
import { RequestType } from 'vscode-languageserver';
import type { InventoryRequest } from '../protocol.ts';
import type { Feature } from '../session.ts';

const request = new RequestType<InventoryRequest['params'], InventoryRequest['result'], void>(
  'buildstream/inventory' satisfies InventoryRequest['method'],
);

/** `buildstream/inventory`: rows as an inventory for Omnia's own PXE boot. */
export const inventory: Feature = ({ connection, pairs, say }) => {
  connection.onRequest(request, async ({ uri, nodes }) => {
    const { mapping } = await pairs.of(uri);
    return mapping === undefined ? null : inventoryOfRows(mapping.model, nodes, say);
  });
  return {};
};
