/** English text with `{name}` placeholders, filled from `Params` and translated at the edge. */
export type Template = string;
export type Params = Readonly<Record<string, string | number>>;

/** The user's wording of an English template; the template itself when there is none. */
export type Translate = (template: Template) => string;

/** Renders a template in the user's language. */
export type Say = (template: Template, params?: Params) => string;

/** Fills the `{name}` placeholders of a template, translated first. A placeholder without parameter stays as it is. */
export function renderMessage(template: Template, params: Params = {}, translate?: Translate): string {
  const text = translate?.(template) ?? template;
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));
}
