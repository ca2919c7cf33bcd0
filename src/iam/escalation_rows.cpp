#include <array>

#include "iam/escalation.h"

namespace portolan::iam {
namespace {

using To = EscalationRow::To;

// clang-format off
constexpr std::array kRows = {
    EscalationRow{"assume the role", To::Assumed, "", ""},
    EscalationRow{"rewrite the role's trust policy", To::Role, "", "iam:UpdateAssumeRolePolicy@target"},
    EscalationRow{"change the SAML provider", To::Federated, "saml-provider", "iam:UpdateSAMLProvider|iam:CreateSAMLProvider"},
    EscalationRow{"change the OIDC provider", To::Federated, "oidc-provider", "iam:CreateOpenIDConnectProvider|iam:AddClientIDToOpenIDConnectProvider|iam:UpdateOpenIDConnectProviderThumbprint"},
    EscalationRow{"anchor trust in Roles Anywhere", To::Passed, "rolesanywhere.amazonaws.com", "iam:PassRole@target rolesanywhere:CreateTrustAnchor rolesanywhere:CreateProfile"},
    EscalationRow{"set the roles of a Cognito pool", To::Federated, "cognito-identity.amazonaws.com", "iam:PassRole@target cognito-identity:SetIdentityPoolRoles"},
    EscalationRow{"make an access key", To::User, "", "iam:CreateAccessKey@target"},
    EscalationRow{"make a login profile", To::User, "", "iam:CreateLoginProfile@target"},
    EscalationRow{"set the password", To::User, "", "iam:UpdateLoginProfile@target"},
    EscalationRow{"write an own inline policy", To::Itself, "user", "iam:PutUserPolicy@self"},
    EscalationRow{"attach a policy to itself", To::Itself, "user", "iam:AttachUserPolicy@self"},
    EscalationRow{"write an own inline policy", To::Itself, "role", "iam:PutRolePolicy@self"},
    EscalationRow{"attach a policy to itself", To::Itself, "role", "iam:AttachRolePolicy@self"},
    EscalationRow{"write a policy of its group", To::Itself, "user", "iam:PutGroupPolicy@group"},
    EscalationRow{"attach a policy to its group", To::Itself, "user", "iam:AttachGroupPolicy@group"},
    EscalationRow{"make a new version of an own policy", To::Itself, "", "iam:CreatePolicyVersion@attached"},
    EscalationRow{"choose another version of an own policy", To::Itself, "", "iam:SetDefaultPolicyVersion@attached"},
    EscalationRow{"join a group", To::Member, "user", "iam:AddUserToGroup@group"},
    EscalationRow{"remove its boundary", To::Unbounded, "user", "iam:DeleteUserPermissionsBoundary|iam:PutUserPermissionsBoundary@self"},
    EscalationRow{"remove its boundary", To::Unbounded, "role", "iam:DeleteRolePermissionsBoundary|iam:PutRolePermissionsBoundary@self"},
    EscalationRow{"delete an own policy that denies", To::NoInline, "user", "iam:DeleteUserPolicy@self"},
    EscalationRow{"delete an own policy that denies", To::NoInline, "role", "iam:DeleteRolePolicy@self"},
    EscalationRow{"detach a policy that denies", To::NoAttached, "user", "iam:DetachUserPolicy@self"},
    EscalationRow{"detach a policy that denies", To::NoAttached, "role", "iam:DetachRolePolicy@self"},
    EscalationRow{"leave the organization", To::Left, "", "organizations:LeaveOrganization"},
    EscalationRow{"lift the service control policies", To::Lifted, "", "organizations:UpdatePolicy|organizations:DetachPolicy|organizations:MoveAccount"},
    EscalationRow{"rewrite the role's rights", To::Rewritten, "role", "iam:AttachRolePolicy|iam:PutRolePolicy@target"},
    EscalationRow{"rewrite the user's rights", To::Rewritten, "user", "iam:AttachUserPolicy|iam:PutUserPolicy@target"},
    EscalationRow{"rewrite a policy that it has", To::Rewritten, "", "iam:CreatePolicyVersion@attached"},
    EscalationRow{"make a role", To::Fresh, "", "iam:CreateRole iam:AttachRolePolicy|iam:PutRolePolicy"},
    EscalationRow{"run an instance", To::Passed, "ec2.amazonaws.com", "iam:PassRole@target ec2:RunInstances"},
    EscalationRow{"request a spot instance", To::Passed, "ec2.amazonaws.com", "iam:PassRole@target ec2:RequestSpotInstances"},
    EscalationRow{"give an instance the role", To::Passed, "ec2.amazonaws.com", "iam:PassRole@target ec2:AssociateIamInstanceProfile|ec2:ReplaceIamInstanceProfileAssociation"},
    EscalationRow{"make an Auto Scaling group", To::Passed, "ec2.amazonaws.com", "iam:PassRole@target autoscaling:CreateLaunchConfiguration|ec2:CreateLaunchTemplate autoscaling:CreateAutoScalingGroup"},
    EscalationRow{"send a command to the instance", To::OnInstance, "", "ssm:SendCommand"},
    EscalationRow{"start a session on the instance", To::OnInstance, "", "ssm:StartSession"},
    EscalationRow{"associate a document with the instance", To::OnInstance, "", "ssm:CreateAssociation"},
    EscalationRow{"send a key to the instance", To::OnInstance, "", "ec2-instance-connect:SendSSHPublicKey|ec2-instance-connect:SendSerialConsoleSSHPublicKey"},
    EscalationRow{"change the instance's user data", To::OnInstance, "", "ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances"},
    EscalationRow{"change the launch template", To::OnInstance, "", "ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate"},
    EscalationRow{"make a function", To::Passed, "lambda.amazonaws.com", "iam:PassRole@target lambda:CreateFunction lambda:InvokeFunction|lambda:AddPermission|lambda:CreateEventSourceMapping"},
    EscalationRow{"run a task", To::Passed, "ecs-tasks.amazonaws.com", "iam:PassRole@target ecs:RegisterTaskDefinition ecs:RunTask|ecs:StartTask|ecs:CreateService"},
    EscalationRow{"run a batch job", To::Passed, "ecs-tasks.amazonaws.com", "iam:PassRole@target batch:RegisterJobDefinition batch:SubmitJob"},
    EscalationRow{"run a cluster of EMR", To::Passed, "ec2.amazonaws.com", "iam:PassRole@target elasticmapreduce:RunJobFlow"},
    EscalationRow{"build an image", To::Passed, "ec2.amazonaws.com", "iam:PassRole@target imagebuilder:CreateInfrastructureConfiguration imagebuilder:CreateImage|imagebuilder:StartImagePipelineExecution"},
    EscalationRow{"run a build", To::Passed, "codebuild.amazonaws.com", "iam:PassRole@target codebuild:CreateProject|codebuild:UpdateProject codebuild:StartBuild|codebuild:StartBuildBatch"},
    EscalationRow{"make a Glue endpoint", To::Passed, "glue.amazonaws.com", "iam:PassRole@target glue:CreateDevEndpoint"},
    EscalationRow{"run a Glue job", To::Passed, "glue.amazonaws.com", "iam:PassRole@target glue:CreateJob|glue:UpdateJob glue:StartJobRun|glue:CreateTrigger"},
    EscalationRow{"run a SageMaker job", To::Passed, "sagemaker.amazonaws.com", "iam:PassRole@target sagemaker:CreateNotebookInstance|sagemaker:CreateTrainingJob|sagemaker:CreateProcessingJob"},
    EscalationRow{"run a data pipeline", To::Passed, "datapipeline.amazonaws.com", "iam:PassRole@target datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline"},
    EscalationRow{"make an App Runner service", To::Passed, "tasks.apprunner.amazonaws.com", "iam:PassRole@target apprunner:CreateService"},
    EscalationRow{"run a code interpreter", To::Passed, "bedrock-agentcore.amazonaws.com", "iam:PassRole@target bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter"},
    EscalationRow{"change a function's code", To::Running, "lambda.amazonaws.com", "lambda:UpdateFunctionCode|lambda:UpdateFunctionConfiguration"},
    EscalationRow{"execute a command in a task", To::Running, "ecs-tasks.amazonaws.com", "ecs:ExecuteCommand"},
    EscalationRow{"start a build of its own source", To::Running, "codebuild.amazonaws.com", "codebuild:StartBuild"},
    EscalationRow{"change a Glue endpoint", To::Running, "glue.amazonaws.com", "glue:UpdateDevEndpoint"},
    EscalationRow{"open a notebook", To::Running, "sagemaker.amazonaws.com", "sagemaker:CreatePresignedNotebookInstanceUrl"},
    EscalationRow{"swap a notebook's start script", To::Running, "sagemaker.amazonaws.com", "sagemaker:UpdateNotebookInstanceLifecycleConfig|sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StopNotebookInstance sagemaker:StartNotebookInstance"},
    EscalationRow{"change an App Runner service", To::Running, "tasks.apprunner.amazonaws.com", "apprunner:UpdateService"},
    EscalationRow{"use a code interpreter", To::Running, "bedrock-agentcore.amazonaws.com", "bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter"},
    EscalationRow{"make a stack", To::Passed, "cloudformation.amazonaws.com", "iam:PassRole@target cloudformation:CreateStack|cloudformation:UpdateStack"},
    EscalationRow{"execute a change set", To::Passed, "cloudformation.amazonaws.com", "iam:PassRole@target cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet"},
    EscalationRow{"make a stack set", To::Passed, "cloudformation.amazonaws.com", "iam:PassRole@target cloudformation:CreateStackSet cloudformation:CreateStackInstances"},
    EscalationRow{"update a stack set", To::Passed, "cloudformation.amazonaws.com", "iam:PassRole@target cloudformation:UpdateStackSet"},
    EscalationRow{"update a stack that has the role", To::Running, "cloudformation.amazonaws.com", "cloudformation:UpdateStack|cloudformation:ExecuteChangeSet"},
    EscalationRow{"run an automation", To::Passed, "ssm.amazonaws.com", "iam:PassRole@target ssm:StartAutomationExecution"},
    EscalationRow{"run a state machine", To::Passed, "states.amazonaws.com", "iam:PassRole@target states:CreateStateMachine|states:UpdateStateMachine states:StartExecution"},
    EscalationRow{"schedule a call", To::Passed, "scheduler.amazonaws.com", "iam:PassRole@target scheduler:CreateSchedule"},
    EscalationRow{"remedy a Config rule", To::Passed, "ssm.amazonaws.com", "iam:PassRole@target config:PutRemediationConfigurations"},
    EscalationRow{"make an automation the target of events", To::Passed, "events.amazonaws.com", "iam:PassRole@target events:PutTargets"},
    EscalationRow{"give a pod the role", To::Passed, "pods.eks.amazonaws.com", "iam:PassRole@target eks:CreatePodIdentityAssociation"},
    EscalationRow{"enter the cluster", To::Running, "pods.eks.amazonaws.com", "eks:CreateAccessEntry eks:AssociateAccessPolicy"},
    EscalationRow{"assign a permission set", To::SingleSignOn, "", "sso:CreateAccountAssignment"},
    EscalationRow{"rewrite a permission set", To::SingleSignOn, "rewrite", "sso:PutInlinePolicyToPermissionSet|sso:AttachManagedPolicyToPermissionSet sso:ProvisionPermissionSet"},
    EscalationRow{"join a group of Identity Center", To::SingleSignOn, "", "identitystore:CreateGroupMembership"},
};
// clang-format on

}  // namespace

std::span<const EscalationRow> escalation_rows() { return kRows; }

}  // namespace portolan::iam
