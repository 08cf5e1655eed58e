kubectl create service externalname ${name}-alias --external-name=api.${company}.example
