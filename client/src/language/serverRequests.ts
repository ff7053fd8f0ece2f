import type {
  InventoryRequest,
  LocateNodeRequest,
  MarkNodesRequest,
  NodesRequest,
  PlanRequest,
  RemoveNodesRequest,
  TableRequests,
} from '@omnia-buildstream/server/protocol';

type Requests =
  | InventoryRequest
  | LocateNodeRequest
  | MarkNodesRequest
  | NodesRequest
  | PlanRequest
  | RemoveNodesRequest
  | TableRequests;

/** Requests to the server beyond LSP, by method. */
export type ServerRequests = { readonly [Request in Requests as Request['method']]: Request };

/** Asks the server; the types of question and answer follow from the method. */
export type AskServer = <Method extends keyof ServerRequests>(
  method: Method,
  params: ServerRequests[Method]['params'],
) => Promise<ServerRequests[Method]['result']>;
