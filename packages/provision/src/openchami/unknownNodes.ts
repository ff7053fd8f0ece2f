import { phrase } from '@omnia-buildstream/core/text/phrase';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { normaliseMac } from '@omnia-buildstream/core/mapping/addresses';
import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import type { Tell } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { BootApi } from './bootApi.ts';
import type { OpenchamiService } from './service.ts';
import type { WantedNode } from './wanted.ts';

interface Asked {
  readonly wanted: readonly WantedNode[];
  readonly tell: Tell | undefined;
  readonly signal: AbortSignal;
}

const mostNamed = 5;

/**
 * boot-service copies nodes from SMD at an interval, five minutes unless it was set, and gives one that it does not know
 * no boot script (openchami.md section 3): a restart before that boots nothing.
 */
export async function tellUnknownNodes(
  service: OpenchamiService,
  { name, nodesPath }: BootApi,
  { wanted, tell, signal }: Asked,
): Promise<void> {
  if (nodesPath === undefined || tell === undefined) return;
  const look = await service.tryLook(nodesPath, signal);
  if (look.kind !== 'json' || !Array.isArray(look.value)) {
    tell('warning', phrase(texts.nodesNotTold, { api: name, path: nodesPath }));
    return;
  }
  const known = new Set(
    look.value.map((one: unknown) => {
      const spec = isJsonObject(one) && isJsonObject(one['spec']) ? one['spec'] : {};
      return normaliseMac(textField(spec, 'bootMac') ?? '');
    }),
  );
  const missing = wanted.filter(({ node }) => !known.has(node.mac)).map(({ node }) => node.hostname);
  if (missing.length === 0) return;
  const names = `${missing.slice(0, mostNamed).join(', ')}${missing.length > mostNamed ? ', …' : ''}`;
  tell('warning', phrase(texts.unknownNodes, { api: name, count: missing.length, names }));
}
