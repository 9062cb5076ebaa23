"""Values of the variables: for each part what its example file leaves open, and keys that may turn up nowhere."""

account = "123456789012"

aurora = {
    "aurora_cluster_arn": f"arn:aws:rds:us-east-1:{account}:cluster:alex-aurora-cluster",
    "aurora_secret_arn": f"arn:aws:secretsmanager:us-east-1:{account}:secret:rds!cluster-example",
}
clerk = {
    "clerk_jwks_url": "https://example.clerk.accounts.dev/.well-known/jwks.json",
    "clerk_issuer": "https://example.clerk.accounts.dev",
}

# What cannot be done without.
required = {
    "2_sagemaker": {},
    "3_ingestion": {},
    "4_researcher": aurora,
    "5_database": {},
    "6_agents": aurora,
    "7_frontend": aurora | clerk | {
        "queue_url": f"https://sqs.us-east-1.amazonaws.com/{account}/alex-analysis-jobs",
        "queue_arn": f"arn:aws:sqs:us-east-1:{account}:alex-analysis-jobs",
    },
    "8_observability": {},
}

# Everything that can be switched on, so that each resource is made once.
everything = {
    "2_sagemaker": {},
    "3_ingestion": {
        "sagemaker_endpoint": "alex-embedding-endpoint", "model_weights": "s3://models/minilm-f16.safetensors"},
    "4_researcher": {"schedule_enabled": True},
    "5_database": {"deletion_protection": False, "skip_final_snapshot": True},
    "6_agents": {
        "search_function": "alex-search", "alarm_topic_arn": f"arn:aws:sns:us-east-1:{account}:alex-alarms", "polygon_key_version": 1, "langfuse_key_version": 1,
    },
    "7_frontend": {"researcher_function": "alex-researcher"},
    "8_observability": {"alarm_email": "somebody@example.com", "waf_enabled": True},
}

# Given in the environment, as the example files advise.
planted = {
    "TF_VAR_polygon_api_key": "planted-polygon-key",
    "TF_VAR_langfuse_public_key": "pk-lf-planted",
    "TF_VAR_langfuse_secret_key": "sk-lf-planted",
}


def variables(part):
    return required[part] | everything[part]
