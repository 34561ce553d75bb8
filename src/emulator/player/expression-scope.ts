/** What of `$states` a field may read beside `input` and `context`. */
export interface ScopeAccess {
  /** Only the Assign and Output of a Task. */
  readonly result: boolean;
  /** Only the Assign and Output of a catcher. */
  readonly errorOutput: boolean;
}

/**
 * Tells what an expression refers to that Step Functions refuses when the state machine is created: there is
 * no context item, so `$`, `$$` and a name that starts a path mean nothing; `$eval` does not exist;
 * `$states.result` and `$states.errorOutput` exist in some fields only.
 *
 * Source: Step Functions Developer Guide, "Transforming data with JSONata"; the messages are those of
 * CreateStateMachine.
 */
export function refusedReferences(tree: object, access: ScopeAccess): readonly string[] {
  const refused = new Set<string>();

  const visitPath = (steps: readonly Node[], topLevel: boolean): void => {
    const [first, second] = steps;
    if (topLevel && first?.type === 'name') {
      refused.add(`Reference to '${String(first.value)}' at the top level is not supported.`);
    }
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') {
      const member = second.value;
      if ((member === 'result' || member === 'errorOutput') && !access[member]) {
        refused.add(`Reference to '$states.${member}' is not supported in this field.`);
      }
    }
    // The steps after the first are evaluated on what the first one found.
    steps.forEach((step, index) => visit(step, topLevel && index === 0));
  };

  const visit = (node: Node, topLevel: boolean): void => {
    if (node.type === 'path') visitPath(node.steps ?? [], topLevel);
    else if (node.type === 'variable') {
      if (node.value === '$') refused.add("Reference to '$$' is not supported.");
      if (node.value === '' && topLevel) {
        refused.add("Reference to '$' at the top level is not supported.");
      }
      if (node.value === 'eval') refused.add('$eval is not supported, use $parse.');
    } else if (node.type === 'transform') {
      // Pattern, update and delete are evaluated on what is transformed.
      for (const part of [node.pattern, node.update, node.delete]) visitAll(part, false);
    } else visitParts(node, topLevel);
    for (const part of [node.predicate, node.stages, node.group]) visitAll(part, false);
  };

  const visitParts = (node: Node, topLevel: boolean): void => {
    if (node.type === 'sort') visitAll(node.terms, false);
    else for (const name of SAME_CONTEXT) visitAll(node[name], topLevel);
  };

  /** Visits every node in a part of the tree, which may be lists and records of nodes. */
  const visitAll = (part: unknown, topLevel: boolean): void => {
    if (Array.isArray(part)) for (const item of part) visitAll(item, topLevel);
    else if (typeof part === 'object' && part !== null) {
      if (isNode(part)) visit(part, topLevel);
      else for (const value of Object.values(part)) visitAll(value, topLevel);
    }
  };

  visitAll(tree, true);
  return [...refused];
}

/** JSONata's syntax tree, more of it than its own types tell. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly [part: string]: unknown;
}

/** The parts of a node that are evaluated on the same context item as the node itself. */
const SAME_CONTEXT = [
  'arguments',
  'body',
  'condition',
  'else',
  'expression',
  'expressions',
  'lhs',
  'procedure',
  'rhs',
  'then',
] as const;

function isNode(part: object): part is Node {
  // Stages of a path are `{type: "filter", expr}`: not nodes themselves.
  return 'type' in part && typeof part.type === 'string' && !('expr' in part);
}
