//! `/api/openapi.json`: the API described by `OpenAPI` 3.1, made from the registry of commands.

use axum::{Json, extract::State};
use redress_core::complaint::registry::{COMMANDS, CommandSpec, Field, FieldKind, Shape, When};
use redress_core::complaint::vocabulary::ErasureGround;
use serde_json::{Map, Value, json};

use crate::Site;

pub(crate) async fn get(State(site): State<Site>) -> Json<Value> {
    Json(document(site.app.public_url()))
}

/// The whole document.
fn document(server: &str) -> Value {
    let mut paths = Map::new();
    let reference = json!({"name": "reference", "in": "path", "required": true, "schema": {"type": "string"}, "example": "KN-26-000384-KB"});
    for command in COMMANDS {
        let path = format!("/api/v1/complaints/{{reference}}/{}", command.name);
        paths.insert(path, json!({"parameters": [reference], "post": operation(command)}));
    }
    let problem = json!({"description": "problem", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
    let bearer = json!([{"bearer": []}]);
    let ok = |what: &str| json!({"description": what, "content": {"application/json": {"schema": {"type": "object"}}}});
    paths.insert("/api/v1/complaints".to_owned(), json!({
        "post": {"summary": "Receive a notice", "operationId": "receive", "responses": {"201": ok("received"), "400": problem, "422": problem, "429": problem},
            "parameters": [{"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "minLength": 16, "maxLength": 255}}],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Notice"}}}}},
        "get": {"summary": "List complaints by time left", "operationId": "list", "security": bearer, "responses": {"200": ok("a page"), "401": problem},
            "parameters": (["state", "department", "promise", "q", "order", "limit", "after"].map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}})))},
    }));
    paths.insert("/api/v1/complaints/{reference}".to_owned(), json!({"parameters": [reference], "get": {"summary": "One complaint", "operationId": "show", "security": bearer, "responses": {"200": ok("the complaint"), "401": problem, "404": problem}}}));
    paths.insert("/api/v1/complaints/{reference}/events".to_owned(), json!({"parameters": [reference], "get": {"summary": "Its events", "operationId": "events", "security": bearer, "responses": {"200": ok("a page"), "401": problem, "404": problem}}}));
    paths.insert("/api/v1/uploads".to_owned(), json!({"post": {"summary": "Upload a file", "operationId": "upload", "responses": {"201": ok("kept"), "413": problem, "429": problem},
        "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}}}}}}}}));
    let person = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}});
    paths.insert("/api/v1/persons/{id}".to_owned(), json!({"parameters": [person], "get": {"summary": "What is kept of a person, and of whoever shares a contact", "operationId": "person", "security": bearer, "responses": {"200": ok("the person"), "401": problem, "403": problem, "404": problem}}}));
    paths.insert("/api/v1/persons/{id}/erasure".to_owned(), json!({"parameters": [person], "post": {"summary": "Erase a person", "operationId": "erase", "security": bearer, "responses": {"200": ok("what is gone, and what still ages out"), "401": problem, "403": problem, "404": problem, "409": problem, "422": problem},
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "required": ["ground"], "properties": {"ground": {"enum": ErasureGround::WORDS}, "with": {"type": "array", "items": {"type": "string", "format": "uuid"}}}}}}}}}));
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Redress", "version": env!("CARGO_PKG_VERSION"), "license": {"name": "Apache-2.0 OR MIT"}},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": problem_schema(), "Notice": notice_schema()},
        },
    })
}

fn operation(command: &CommandSpec) -> Value {
    let shapes: Vec<Value> = command.shapes.iter().map(shape).collect();
    let problem = json!({"description": "problem", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
    json!({
        "summary": command.name,
        "operationId": command.name,
        "security": [{"bearer": []}],
        "parameters": [{"name": "If-Match", "in": "header", "schema": {"type": "string"}}],
        "requestBody": {"content": {"application/json": {"schema": {"oneOf": shapes}}}},
        "responses": {
            "200": {"description": "done", "headers": {"ETag": {"schema": {"type": "string"}}}, "content": {"application/json": {"schema": {"type": "object", "properties": {"version": {"type": "integer"}, "events": {"type": "array", "items": {"type": "object"}}}}}}},
            "401": problem, "403": problem, "404": problem, "409": problem, "412": problem, "422": problem,
        },
    })
}

fn shape(shape: &Shape) -> Value {
    let mut schema = fields(shape.fields);
    for when in shape.when {
        let (name, rule) = match when {
            When::Is(name, word) => (*name, json!({"const": word})),
            When::Flag(name, flag) => (*name, json!({"const": flag})),
            When::Has(_) | When::Complainant => continue,
        };
        schema["properties"][name] = rule;
        if let Some(required) = schema["required"].as_array_mut() {
            required.push(json!(name));
        }
    }
    schema["title"] = json!(shape.id);
    schema["description"] = json!(format!("may: {:?}", shape.who));
    schema
}

fn fields(fields: &[Field]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.to_owned(), kind(field.kind))).collect();
    let required: Vec<&str> =
        fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({"type": "object", "properties": properties, "required": required})
}

fn kind(kind: FieldKind) -> Value {
    let list = |item: Value| json!({"type": "array", "items": item});
    match kind {
        FieldKind::Text(max) | FieldKind::Line(max) => json!({"type": "string", "maxLength": max}),
        FieldKind::Flag => json!({"type": "boolean"}),
        FieldKind::Number(low, high) => json!({"type": "integer", "minimum": low, "maximum": high}),
        FieldKind::Choice(words) => json!({"type": "string", "enum": words}),
        FieldKind::Instant => json!({"type": "string", "format": "date-time"}),
        FieldKind::Date => json!({"type": "string", "format": "date"}),
        FieldKind::Account => json!({"type": "string", "format": "email"}),
        FieldKind::Accounts => list(json!({"type": "string", "format": "email"})),
        FieldKind::Lines | FieldKind::Departments | FieldKind::Files => {
            list(json!({"type": "string"}))
        }
        FieldKind::Department
        | FieldKind::Category
        | FieldKind::Ground
        | FieldKind::Promise
        | FieldKind::File
        | FieldKind::Reference => {
            json!({"type": "string"})
        }
        FieldKind::Id(prefix) => json!({"type": "string", "pattern": format!("^{prefix}_[0-9]+$")}),
        FieldKind::Group(group) => fields(group),
        FieldKind::Groups(group) => list(fields(group)),
    }
}

fn problem_schema() -> Value {
    json!({"type": "object", "required": ["type", "title", "status"], "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}, "rule": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object", "properties": {"pointer": {"type": "string"}, "code": {"type": "string"}, "detail": {"type": "string"}}}},
    }})
}

fn notice_schema() -> Value {
    use redress_core::kinds::{About, As, ChannelKind, Kind, Lang, Relation};
    let text = json!({"type": "string"});
    json!({"type": "object", "properties": {
        "language": {"enum": Lang::WORDS}, "kind": {"enum": Kind::WORDS}, "about": {"enum": About::WORDS}, "category": text, "text": text,
        "remedy_sought": text, "asset": text, "relation": {"enum": Relation::WORDS}, "place": text, "happened_at": {"type": "string", "format": "date-time"},
        "needs": text, "reply_by": {"enum": ChannelKind::WORDS}, "danger": {"type": "boolean"}, "mandate": text,
        "attachments": {"type": "array", "items": text},
        "complainant": {"type": "object", "properties": {"as": {"enum": As::WORDS}, "name": text, "organisation": text, "represents": text, "phone": text, "email": text, "address": text}},
        "consent": {"type": "object", "properties": {"notice": {"type": "string", "format": "date"}, "processing": {"type": "boolean"}}},
        "channel": {"enum": ChannelKind::WORDS}, "received_at": {"type": "string", "format": "date-time"}, "office": text, "sender": text,
    }})
}
