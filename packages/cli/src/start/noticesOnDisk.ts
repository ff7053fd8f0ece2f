/** In a checkout nothing is bundled. The build puts the notices into the command (scripts/bundle/texts.mjs). */
export const notices: string | undefined = undefined;
