"""What only boto3 has clients for, in moto's account. Reads JSON from standard input and prints JSON.

    python3 account.py <moto's url> function    {"name", "settings", "versions", "aliases", "triggers"}
    python3 account.py <moto's url> state       {"name"}
    python3 account.py <moto's url> deploy      {"folder", "stack"}
    python3 account.py <moto's url> stack       {"stack", "template"}
    python3 account.py <moto's url> code        {"bucket", "folder"}
"""

import io
import json
import os
import sys
import zipfile

import boto3

URL, WHAT = sys.argv[1:3]
ASKED = json.load(sys.stdin)
KEYS = dict(endpoint_url=URL, region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any")
lam, iam, s3 = (boto3.client(name, **KEYS) for name in ("lambda", "iam", "s3"))
MOVING = {"ResponseMetadata", "RevisionId", "LastModified"}


def zipped(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return held.getvalue()


def some_code(note):
    return zipped([("app.py", f"# {note}\ndef handler(event, context):\n    return {{}}\n")])


def function(name, settings, versions=0, aliases=None, triggers=False):
    role = iam.create_role(RoleName=f"{name}-role", AssumeRolePolicyDocument="{}", Path="/")["Role"]["Arn"]
    lam.create_function(
        FunctionName=name, Runtime="python3.13", Role=role, Handler="app.handler", Code={"ZipFile": some_code(0)}, **settings
    )
    for version in range(1, versions + 1):
        lam.update_function_code(FunctionName=name, ZipFile=some_code(version))
        lam.publish_version(FunctionName=name, Description=f"release {version}")
    for alias, version in (aliases or {}).items():
        lam.create_alias(FunctionName=name, Name=alias, FunctionVersion=version)
    if triggers:
        sqs = boto3.client("sqs", **KEYS)
        queue = sqs.create_queue(QueueName=f"{name}-queue", Attributes={"VisibilityTimeout": "90"})["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        lam.create_event_source_mapping(EventSourceArn=arn, FunctionName=name)
        lam.add_permission(
            FunctionName=name, StatementId="s", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com"
        )
    return state(name)


def state(name):
    def still(shape):
        return {key: value for key, value in shape.items() if key not in MOVING}

    return {
        "latest": still(lam.get_function_configuration(FunctionName=name)),
        "versions": [
            still(each)
            for each in lam.list_versions_by_function(FunctionName=name)["Versions"]
            if each["Version"] != "$LATEST"
        ],
        "aliases": [still(each) for each in lam.list_aliases(FunctionName=name)["Aliases"]],
    }


def deploy(folder, stack):
    """As `cdk deploy`: the assets into the bucket of the bootstrap stack, then the template."""
    account = boto3.client("sts", **KEYS).get_caller_identity()["Account"]
    bucket = f"cdk-hnb659fds-assets-{account}-us-east-1"
    s3.create_bucket(Bucket=bucket)
    boto3.client("ssm", **KEYS).put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="28", Type="String")
    with open(f"{folder}/{stack}.assets.json") as file:
        assets = json.load(file)["files"]
    for asset in assets.values():
        place = os.path.join(folder, asset["source"]["path"])
        data = packed(place) if asset["source"]["packaging"] == "zip" else open(place, "rb").read()
        for to in asset["destinations"].values():
            s3.put_object(Bucket=bucket, Key=to["objectKey"], Body=data)
    template = open(f"{folder}/{stack}.template.json").read()
    s3.put_object(Bucket=bucket, Key="template.json", Body=template)
    cloud = boto3.client("cloudformation", **KEYS)
    url = f"https://{bucket}.s3.amazonaws.com/template.json"
    cloud.create_stack(StackName=stack, TemplateURL=url, Capabilities=["CAPABILITY_NAMED_IAM"])
    return stack_state(stack, json.loads(template))


def stack_state(name, template):
    cloud = boto3.client("cloudformation", **KEYS)
    described = cloud.describe_stacks(StackName=name)["Stacks"][0]
    made = cloud.describe_stack_resources(StackName=name)["StackResources"]
    return {
        "status": described["StackStatus"],
        "outputs": {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])},
        "machines": [r["PhysicalResourceId"] for r in made if r.get("ResourceType") == "AWS::StepFunctions::StateMachine"],
        "missing": sorted({r["Type"] for r in template["Resources"].values()} - {r.get("ResourceType") for r in made}),
        "failed": [r["LogicalResourceId"] for r in made if r.get("ResourceStatus", "") != "CREATE_COMPLETE"],
    }


def stack(stack, template):
    """What became of a stack that somebody else deployed from this template."""
    with open(template) as file:
        return stack_state(stack, json.load(file))


def code(bucket, folder):
    """Unpacks the one archive in the bucket as Lambda does; the names of its files."""
    (key,) = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"] if is_zip(bucket, each["Key"])]
    with zipfile.ZipFile(io.BytesIO(s3.get_object(Bucket=bucket, Key=key)["Body"].read())) as archive:
        archive.extractall(folder)
        return {"bad": archive.testzip(), "names": sorted(archive.namelist())}


def is_zip(bucket, key):
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read(4) == b"PK\x03\x04"


def packed(folder):
    files = []
    for place, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(place, name)
            files.append((os.path.relpath(full, folder), open(full, "rb").read()))
    return zipped(files)


json.dump(globals()[WHAT](**ASKED), sys.stdout, default=str)
