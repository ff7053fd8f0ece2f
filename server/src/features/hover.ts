import { hoverEntry, hoverState } from '@omnia-buildstream/core/language/failedNodes/hover';
import { cellSpotAt } from '@omnia-buildstream/core/language/cellSpot';
import { hover as hoverAt, type HoverText } from '@omnia-buildstream/core/language/hover';
import { hoverSite } from '@omnia-buildstream/core/language/site/hoverSite';
import { blocks, md } from '@omnia-buildstream/core/text/markdown';
import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import { rulePageUrl } from '../diagnostics/rulePages.ts';
import { siteTextOf } from '../site/siteText.ts';
import { viewOf, withFailedNodes, type Feature, type Session } from '../session.ts';

/** `textDocument/hover`: a cell and the state of its node, or an entry of failed_nodes.json. */
export const hover: Feature = (session) => {
  const { connection, documents, say } = session;
  connection.onHover(async (params) => {
    const site = siteTextOf(documents, params.textDocument.uri);
    if (site !== undefined) return toHover(hoverSite(site, params.position, say));
    const failed = documents.failedNodes(params.textDocument.uri);
    if (failed === undefined) return inMapping(session, params);
    return withFailedNodes(session, failed, async ({ mapping, nodes, planOne }) => {
      const lastResets = await session.pairs.lastResetsOf({ mapping });
      return toHover(hoverEntry(nodes, params.position, { planOne, lastResets }, say));
    });
  });
  return { hoverProvider: true };
};

async function inMapping(session: Session, { textDocument: { uri }, position }: HoverParams): Promise<Hover | null> {
  const document = session.documents.mapping(uri);
  if (document === undefined) return null;
  const { nodes, planOne, mapping } = await viewOf(session, uri);
  const lastResets = await session.pairs.lastResetsOf({ mapping });
  if (!session.validation.isReady(document)) return null;
  const found = hoverAt(document.model, position, session.say, (code) => rulePageUrl(session.client, code));
  const row = cellSpotAt(document.model, position)?.row;
  if (found === undefined || row === undefined) return toHover(found);
  const state = hoverState(nodes, row, { planOne, lastResets }, session.say);
  return toHover({
    ...found,
    markdown:
      String(state) === ''
        ? found.markdown
        : blocks([
            found.markdown,
            md`
***
            `,
            state,
          ]),
  });
}

function toHover(found: HoverText | undefined): Hover | null {
  if (found === undefined) return null;
  return { contents: { kind: MarkupKind.Markdown, value: String(found.markdown) }, range: found.range };
}
