import { isKeyOf } from '../../../../contract/shared/keys-of.ts';
import { malformed, unsupported } from './malformed-query.ts';
import { QueryReader } from './query-reader.ts';
import {
  AGGREGATES,
  FUNCTIONS,
  type Aggregate,
  type CommandKind,
  type Condition,
  type Expression,
  type QueryCommand,
} from './query-syntax.ts';

const COMMANDS: Readonly<Record<CommandKind, (reader: QueryReader) => QueryCommand>> = {
  fields: readFields,
  filter: (reader) => ({ kind: 'filter', condition: readCondition(reader) }),
  parse: readParse,
  stats: readStats,
  limit: (reader) => ({ kind: 'limit', rows: readRows(reader) }),
  estimate: () => ({ kind: 'estimate' }),
};

const LARGEST_LIMIT = 100_000;

/**
 * Reads a query of the part of Logs Insights' language that is here: `fields`, `filter … like /…/`, `parse`
 * with a regular expression, `stats` with count, sum, min and max, `limit` and `estimate`.
 *
 * @throws {ServiceError} MalformedQueryException, naming what is not here
 */
export function parseQuery(query: string): readonly QueryCommand[] {
  const reader = new QueryReader(query);
  const commands: QueryCommand[] = [];
  do {
    const name = reader.name('a command');
    if (!isKeyOf(COMMANDS, name)) {
      throw unsupported(`the command ${name}`, Object.keys(COMMANDS));
    }
    const counted = commands.some(({ kind }) => kind === 'stats');
    if (counted && name !== 'limit' && name !== 'estimate') {
      throw unsupported(`${name} behind stats`, ['limit', 'estimate']);
    }
    commands.push(COMMANDS[name](reader));
  } while (reader.take('|'));
  reader.end();
  refuseWrongOrder(commands);
  return commands;
}

function refuseWrongOrder(commands: readonly QueryCommand[]): void {
  const kinds = commands.map(({ kind }) => kind);
  if (kinds.slice(0, -1).includes('estimate')) {
    throw malformed('The estimate command must be the last command in the query.');
  }
  const names = commands.flatMap((command) =>
    command.kind === 'parse'
      ? command.names
      : command.kind === 'fields'
        ? command.columns.filter(({ of }) => of.kind !== 'field').map(({ as }) => as)
        : [],
  );
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw malformed(`Ephemeral field is already defined: ${twice}`);
}

function readFields(reader: QueryReader): QueryCommand {
  const columns = reader.list(() => {
    const { value: of, text } = reader.text(() => readExpression(reader));
    return { of, as: reader.alias() ?? text };
  });
  return { kind: 'fields', columns };
}

function readParse(reader: QueryReader): QueryCommand {
  const field = reader.isPattern()
    ? '@message'
    : reader.name('a field, or a pattern between slashes');
  if (!reader.isPattern()) {
    throw unsupported('parse with a glob, logfmt or CSV', ['parse with /a regular expression/']);
  }
  const pattern = reader.pattern();
  const names = [...pattern.source.matchAll(/\(\?<([A-Za-z]\w*)>/g)].map(([, name = '']) => name);
  if (names.length === 0) throw malformed('parse: wanted a named group, (?<name>…), there is none');
  return { kind: 'parse', field, pattern, names };
}

function readStats(reader: QueryReader): QueryCommand {
  const aggregates = reader.list(() => {
    const { value, text } = reader.text(() => readAggregate(reader));
    return { ...value, as: reader.alias() ?? text };
  });
  const by = reader.takeName('by')
    ? reader.list(() => {
        const name = reader.name('a field to group by');
        if (reader.take('(')) throw unsupported(`grouping by ${name}()`, ['grouping by fields']);
        return name;
      })
    : [];
  return { kind: 'stats', aggregates, by };
}

function readAggregate(reader: QueryReader): Omit<Aggregate, 'as'> {
  const written = reader.name('an aggregate');
  const name = AGGREGATES.find((each) => each === written);
  if (name === undefined) throw unsupported(`the aggregate ${written}`, AGGREGATES);
  reader.want('(');
  const all = name === 'count' && reader.take('*');
  const of = all ? null : readExpression(reader);
  reader.want(')');
  return { name, of };
}

function readCondition(reader: QueryReader): Condition {
  const any = [readLike(reader)];
  while (reader.takeName('or')) any.push(readLike(reader));
  const [only] = any;
  return any.length === 1 && only !== undefined ? only : { kind: 'or', any };
}

function readLike(reader: QueryReader): Condition {
  if (reader.take('(')) {
    const condition = readCondition(reader);
    reader.want(')');
    return condition;
  }
  const field = reader.name('a field to filter by');
  if (!reader.takeName('like')) {
    throw unsupported(`the comparison of ${field} with ${reader.rest()}`, [
      'like /a pattern/',
      'or',
    ]);
  }
  return { kind: 'like', field, pattern: reader.pattern() };
}

function readExpression(reader: QueryReader): Expression {
  let left = readValue(reader);
  for (;;) {
    const by = reader.take('*') ? '*' : reader.take('/') ? '/' : null;
    if (by === null) return left;
    left = { kind: 'product', by, sides: [left, readValue(reader)] };
  }
}

function readValue(reader: QueryReader): Expression {
  const number = reader.number();
  if (number !== null) return { kind: 'number', value: number };
  if (reader.take('(')) {
    const inner = readExpression(reader);
    reader.want(')');
    return inner;
  }
  const name = reader.name('a field, a number or a function');
  if (!reader.take('(')) return { kind: 'field', name };
  const known = name.toLowerCase();
  if (!isKeyOf(FUNCTIONS, known)) {
    throw unsupported(`the function ${name}`, Object.keys(FUNCTIONS));
  }
  const of = reader.list(() => readExpression(reader));
  reader.want(')');
  const { least, most } = FUNCTIONS[known];
  if (of.length < least || of.length > most) {
    throw malformed(`${name}: wanted ${least} arguments, there are ${of.length}`);
  }
  return { kind: 'call', name: known, of };
}

function readRows(reader: QueryReader): number {
  const rows = reader.number();
  if (rows === null || !Number.isInteger(rows) || rows < 1 || rows > LARGEST_LIMIT) {
    throw malformed(`limit: wanted a whole number from 1 to ${LARGEST_LIMIT}`);
  }
  return rows;
}
