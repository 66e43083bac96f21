# syntax=docker/dockerfile:1
# presync with the programs that render. The steps of the first two stages are scripts/image/*.mjs, which CI runs without a container.

FROM golang:1.26-bookworm AS programs
ENV CGO_ENABLED=0 GOFLAGS="-trimpath -ldflags=-s"
RUN go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.0 \
 && go install helm.sh/helm/v3/cmd/helm@v3.22.0 \
 && go install github.com/google/go-jsonnet/cmd/jsonnet@v0.21.0

FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && node scripts/image/layout.mjs /out

FROM node:24-bookworm-slim
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="presync" \
      org.opencontainers.image.description="GitOps pre-sync validator and Argo CD plugin" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN apt-get update \
 && apt-get install -y --no-install-recommends git ca-certificates \
 && rm -rf /var/lib/apt/lists/* /usr/local/lib/node_modules/npm /usr/local/bin/npm /usr/local/bin/npx /opt/yarn* \
 && groupadd --gid 999 argocd && useradd --uid 999 --gid 999 --no-create-home --home-dir /tmp argocd
COPY --from=programs /go/bin/kustomize /go/bin/helm /go/bin/jsonnet /usr/local/bin/
COPY --from=build /out/ /opt/presync/
RUN ln -s /opt/presync/dist/presync.cjs /usr/local/bin/presync
USER 999
WORKDIR /tmp
ENV HOME=/tmp
ENTRYPOINT ["presync"]
CMD ["--help"]
