/** A value of a context key; undefined if it was never set. */
export type ContextValue = boolean | string | undefined;
export type ContextOf = (key: string) => ContextValue;

/**
 * Evaluates a `when` clause of package.json like VS Code, as far as ours need it: `&&` before `||`, `!`, parentheses,
 * `==`, `!=`, `=~`. Anything else throws, so that a clause that this function does not understand cannot pass a test.
 */
export function evaluateWhen(clause: string, context: ContextOf): boolean {
  const tokens = tokensOf(clause);
  let at = 0;
  const next = (): string | undefined => tokens[at++];
  const or = (): boolean => {
    let value = and();
    while (tokens[at] === '||') {
      at++;
      const other = and();
      value ||= other;
    }
    return value;
  };
  const and = (): boolean => {
    let value = term();
    while (tokens[at] === '&&') {
      at++;
      const other = term();
      value &&= other;
    }
    return value;
  };
  const term = (): boolean => {
    const token = next();
    if (token === '!') return !term();
    if (token === '(') {
      const value = or();
      if (next() !== ')') throw new Error(`A parenthesis is not closed: ${clause}`);
      return value;
    }
    if (token === undefined || !/^[\w.]/.test(token)) throw new Error(`Not understood at ${String(token)}: ${clause}`);
    return compared(token);
  };
  const compared = (key: string): boolean => {
    const operator = tokens[at];
    if (operator !== '==' && operator !== '!=' && operator !== '=~') return key === 'true' || isSet(key);
    at++;
    const right = next();
    if (right === undefined) throw new Error(`Nothing to compare with: ${clause}`);
    const value = context(key);
    if (operator === '=~') return new RegExp(right.slice(1, -1)).test(typeof value === 'string' ? value : '');
    return (String(value) === right) === (operator === '==');
  };
  const isSet = (key: string): boolean => key !== 'false' && Boolean(context(key));
  const value = or();
  if (at !== tokens.length) throw new Error(`Not understood after ${tokens.slice(0, at).join(' ')}: ${clause}`);
  return value;
}

function tokensOf(clause: string): string[] {
  const token = /\s*(&&|\|\||==|!=|=~|!|\(|\)|\/(?:[^/\\]|\\.)+\/|[\w.:-]+)/y;
  const tokens: string[] = [];
  while (token.lastIndex < clause.length) {
    const from = token.lastIndex;
    const found = token.exec(clause)?.[1];
    if (found === undefined) throw new Error(`Not understood: ${clause.slice(from)}`);
    tokens.push(found);
  }
  return tokens;
}
