import { PassThrough } from 'node:stream';
import type { TestContext } from 'node:test';
import { Client, type ClientCapabilities, type JSONRPCMessage } from '@modelcontextprotocol/client';
import { startCli, type World } from '../cli/runCli.ts';

/** The client's side of the protocol over two streams, one message per line. Works with any client. */
class LineTransport<Message> {
  onmessage?: (message: Message) => void;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  readonly #toServer: PassThrough;
  readonly #fromServer: PassThrough;
  #rest = '';

  constructor(toServer: PassThrough, fromServer: PassThrough) {
    this.#toServer = toServer;
    this.#fromServer = fromServer;
  }

  start(): Promise<void> {
    this.#fromServer.on('data', (chunk: Buffer) => {
      const lines = (this.#rest + chunk.toString()).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.onmessage?.(JSON.parse(line) as Message);
    });
    return Promise.resolve();
  }

  send(message: Message): Promise<void> {
    this.#toServer.write(`${JSON.stringify(message)}\n`);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#toServer.end();
    this.onclose?.();
    return Promise.resolve();
  }
}

/** `buildstream mcp` in this process, and the transport to it; ends with the test. */
export function startServer<Message>(t: Pick<TestContext, 'after'>, world: World, args: readonly string[] = []) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const running = startCli(['mcp', ...args], { ...world, streams: () => ({ input, output }) });
  t.after(async () => {
    input.end();
    await running.ended;
  });
  return { transport: new LineTransport<Message>(input, output), ended: running.ended, input };
}

/** The two handshakes of the protocol. */
export const eras = {
  'of 2025': 'legacy',
  'of 2026': { pin: '2026-07-28' },
} as const;

/** The client's user. Undefined if the client cannot ask. */
type Person = ((message: string) => Promise<'yes' | 'no' | 'away'> | 'yes' | 'no' | 'away') | undefined;

/** The SDK's own client, connected to a server in this process. */
export async function connectClient(
  t: Pick<TestContext, 'after'>,
  world: World,
  {
    era = 'legacy',
    person,
    args,
  }: { era?: (typeof eras)[keyof typeof eras]; person?: Person; args?: readonly string[] } = {},
): Promise<Client> {
  const { transport } = startServer<JSONRPCMessage>(t, world, args);
  const capabilities: ClientCapabilities = person === undefined ? {} : { elicitation: { form: {} } };
  const client = new Client({ name: 'test', version: '1' }, { capabilities, versionNegotiation: { mode: era } });
  if (person !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      const said = await person(params.message);
      if (said === 'away') return { action: 'cancel' };
      return { action: 'accept', content: { confirm: said === 'yes' } };
    });
  }
  await client.connect(transport);
  return client;
}

interface Told {
  readonly isError: boolean;
  readonly blocks: readonly string[];
  readonly text: string;
}

/** A tool's answer, block by block. */
export async function callTool(client: Client, name: string, given: Record<string, unknown> = {}): Promise<Told> {
  const { content, isError = false } = await client.callTool({ name, arguments: given });
  const blocks = content.map((block) => (block.type === 'text' ? block.text : ''));
  return { isError, blocks, text: blocks.join('\n') };
}

/** The token of the plan that a tool shows. */
export async function planFor(client: Client, name: string, given: Record<string, unknown> = {}): Promise<string> {
  const { text } = await callTool(client, name, given);
  const token = /and plan "([^"]+)"/.exec(text)?.[1];
  if (token === undefined) throw new Error(`There is no plan in: ${text}`);
  return token;
}
