#!/usr/bin/env bash
# Builds an estate through the API at $AWS_ENDPOINT_URL, with the AWS CLI: something of each kind that is collected.
set -euo pipefail
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" --output json --no-cli-pager "$@"; }
text() { aws "$@" --output text; }
quiet() { aws "$@" >/dev/null; }

vpc=$(text ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId)
subnet_a=$(text ec2 create-subnet --vpc-id "$vpc" --cidr-block 10.0.1.0/24 --availability-zone eu-west-1a --query Subnet.SubnetId)
subnet_b=$(text ec2 create-subnet --vpc-id "$vpc" --cidr-block 10.0.2.0/24 --availability-zone eu-west-1b --query Subnet.SubnetId)
group=$(text ec2 create-security-group --group-name web --description 'a <b> & "c"' --vpc-id "$vpc" --query GroupId)
quiet ec2 authorize-security-group-ingress --group-id "$group" --protocol tcp --port 22 --cidr 0.0.0.0/0
gateway=$(text ec2 create-internet-gateway --query InternetGateway.InternetGatewayId)
aws ec2 attach-internet-gateway --internet-gateway-id "$gateway" --vpc-id "$vpc"
table=$(text ec2 create-route-table --vpc-id "$vpc" --query RouteTable.RouteTableId)
quiet ec2 create-route --route-table-id "$table" --destination-cidr-block 0.0.0.0/0 --gateway-id "$gateway"
quiet ec2 associate-route-table --route-table-id "$table" --subnet-id "$subnet_a"
quiet ec2 run-instances --image-id ami-12c6146b --count 1 --subnet-id "$subnet_a" --security-group-ids "$group" --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web-1}]'
balancer=$(text elbv2 create-load-balancer --name shop --subnets "$subnet_a" "$subnet_b" --security-groups "$group" --query 'LoadBalancers[0].LoadBalancerArn')

targets=$(text elbv2 create-target-group --name web --protocol HTTP --port 80 --vpc-id "$vpc" --query "TargetGroups[0].TargetGroupArn")
quiet elbv2 create-listener --load-balancer-arn "$balancer" --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn="$targets"
transit=$(text ec2 create-transit-gateway --query TransitGateway.TransitGatewayId)
quiet ec2 create-transit-gateway-route-table --transit-gateway-id "$transit"
quiet ec2 create-managed-prefix-list --prefix-list-name office --max-entries 3 --address-family IPv4 --entries Cidr=192.0.2.0/24,Description=o
quiet ec2 create-vpc-endpoint --vpc-id "$vpc" --service-name com.amazonaws.eu-west-1.s3 --route-table-ids "$table"
quiet ec2 create-nat-gateway --subnet-id "$subnet_a" --connectivity-type private
quiet rds create-db-subnet-group --db-subnet-group-name d --db-subnet-group-description d --subnet-ids "$subnet_a" "$subnet_b"
quiet rds create-db-instance --db-instance-identifier db1 --db-instance-class db.t3.micro --engine postgres --db-subnet-group-name d --vpc-security-group-ids "$group" --allocated-storage 20 --master-username a --master-user-password abcdefgh1
quiet iam create-role --role-name read --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}'
quiet iam create-user --user-name ann
aws iam put-user-policy --user-name ann --policy-name p --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}'
quiet eks create-cluster --name kube --role-arn arn:aws:iam::123456789012:role/read --resources-vpc-config "subnetIds=$subnet_a,securityGroupIds=$group"
quiet ecs create-cluster --cluster-name tasks
files=$(text efs create-file-system --query FileSystemId)
quiet efs create-mount-target --file-system-id "$files" --subnet-id "$subnet_a" --security-groups "$group"
quiet opensearch create-domain --domain-name logs
quiet elasticache create-cache-cluster --cache-cluster-id c1 --engine redis --cache-node-type cache.t3.micro --num-cache-nodes 1
quiet redshift create-cluster --cluster-identifier rs --node-type ra3.large --master-username a --master-user-password Abcdefgh1
