"""What moto 5.2.1's CloudFormation does otherwise than AWS documents."""

import importlib


def mend():
    """moto has two backends of Lambda and of Step Functions each, and CloudFormation makes things in the ones
    that this server does not use; it passes over DefinitionSubstitutions (CloudFormation Template Reference,
    AWS::StepFunctions::StateMachine: "${name}" in the definition becomes the value)."""
    of = importlib.import_module
    of("moto.awslambda.models").lambda_backends = of("moto.awslambda_simple.models").lambda_simple_backends
    states = of("moto.stepfunctions.models")
    states.stepfunctions_backends = of("moto.stepfunctions.parser.models").stepfunctions_parser_backends
    machine = states.StateMachine
    create = machine.create_from_cloudformation_json.__func__

    def created(cls, name, resource, account_id, region_name, **more):
        properties = dict(resource["Properties"])
        text = properties.get("DefinitionString", "")
        for key, value in (properties.get("DefinitionSubstitutions") or {}).items():
            text = text.replace("${" + key + "}", value)
        properties["DefinitionString"] = text
        return create(cls, name, {**resource, "Properties": properties}, account_id, region_name, **more)

    machine.create_from_cloudformation_json = classmethod(created)

    # A template's URL has its bucket in the path where the endpoint is an address (S3 guide, "Virtual hosting of
    # general purpose buckets", 2026-11); moto looks for it in the host, but for the name "localhost".
    responses = of("moto.cloudformation.responses")
    fetch = responses.get_stack_from_s3_url

    def fetched(template_url, **more):
        return fetch(template_url.replace("//127.0.0.1:", "//localhost:"), **more)

    responses.get_stack_from_s3_url = fetched
