export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The resources of a template. */
export type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
>;

const URL_SUFFIXES: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
};

/** Replaces CloudFormation's references by what a deployment would put there. */
export function resolveReferences(value: unknown, resources: Resources, place: Place): unknown {
  const into = (inner: unknown): unknown => resolveReferences(inner, resources, place);
  if (Array.isArray(value)) return value.map(into);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument] = ['', null], ...more] = Object.entries(value);
  if (more.length === 0) {
    switch (key) {
      case 'Ref':
        return refOf(argument as string, resources, place);
      case 'Fn::GetAtt':
        return attributeOf(argument as readonly [string, string], resources, place);
      case 'Fn::Join': {
        const [glue, parts] = argument as readonly [string, readonly unknown[]];
        return parts.map((part) => String(into(part))).join(glue);
      }
      case 'Fn::Split': {
        const [glue, text] = argument as readonly [string, unknown];
        return String(into(text)).split(glue);
      }
      case 'Fn::Select': {
        const [index, list] = argument as readonly [string | number, unknown];
        return (into(list) as readonly unknown[])[Number(index)];
      }
      case 'Fn::Sub': {
        const [text, given] = Array.isArray(argument)
          ? (argument as unknown as readonly [string, Readonly<Record<string, unknown>>])
          : ([String(argument), {}] as const);
        return text.replace(/\$\{([^}]+)\}/g, (_, name: string) =>
          name in given ? String(into(given[name])) : refOf(name, resources, place),
        );
      }
    }
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, into(inner)]));
}

function refOf(name: string, resources: Resources, place: Place): string {
  switch (name) {
    case 'AWS::Partition':
      return place.partition;
    case 'AWS::Region':
      return place.region;
    case 'AWS::AccountId':
      return place.account;
    case 'AWS::URLSuffix':
      return URL_SUFFIXES[place.partition] ?? 'amazonaws.com';
    default:
      return resources[name]?.Type === 'AWS::StepFunctions::StateMachine'
        ? arnOf(name, resources, place)
        : nameOf(name, resources);
  }
}

function attributeOf(
  [id, attribute]: readonly [string, string],
  resources: Resources,
  place: Place,
): string {
  return attribute === 'Arn' ? arnOf(id, resources, place) : `${id}.${attribute}`;
}

/** By its physical name where it has one. */
function nameOf(id: string, resources: Resources): string {
  const properties = resources[id]?.Properties ?? {};
  const name =
    properties['FunctionName'] ?? properties['StateMachineName'] ?? properties['LogGroupName'];
  return typeof name === 'string' ? name : id;
}

function arnOf(id: string, resources: Resources, place: Place): string {
  const { partition, region, account } = place;
  const name = nameOf(id, resources);
  const there = `${region}:${account}`;
  switch (resources[id]?.Type) {
    case 'AWS::Lambda::Function':
      return `arn:${partition}:lambda:${there}:function:${name}`;
    case 'AWS::StepFunctions::StateMachine':
      return `arn:${partition}:states:${there}:stateMachine:${name}`;
    case 'AWS::SQS::Queue':
      return `arn:${partition}:sqs:${there}:${name}`;
    case 'AWS::Logs::LogGroup':
      return `arn:${partition}:logs:${there}:log-group:${name}:*`;
    case 'AWS::S3::Bucket':
      return `arn:${partition}:s3:::${name}`;
    case 'AWS::KMS::Key':
      return `arn:${partition}:kms:${there}:key/${name}`;
    case 'AWS::IAM::Role':
      return `arn:${partition}:iam::${account}:role/${name}`;
    case 'AWS::Events::Rule':
      return `arn:${partition}:events:${there}:rule/${name}`;
    default:
      throw new Error(`${id}: its ARN is not known here`);
  }
}
