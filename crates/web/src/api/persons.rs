//! `/api/v1/persons/{id}` and `…/erasure`: what is kept of a person, and its end.
//! Must not decide who may; `redress-app` does.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use redress_app::{AppError, Erasing};
use redress_core::{
    complaint::{people::Actor, vocabulary::ErasureGround},
    field::FieldErrors,
    id::PersonId,
};
use serde::Deserialize;

use crate::{
    Site,
    http::{ApiError, Asker, Path, RawBody},
};

/// The body of an erasure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    ground: String,
    #[serde(default)]
    with: Vec<String>,
}

pub(crate) async fn get(
    State(site): State<Site>,
    asker: Asker,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let found = async {
        let actor = Actor::Staff(asker.member()?.clone());
        site.app.who_goes(person(&id)?, &actor).await
    };
    let going = found.await.map_err(|error| ApiError::new(error, asker.lang))?;
    Ok(Json(going).into_response())
}

pub(crate) async fn post(
    State(site): State<Site>,
    asker: Asker,
    Path(id): Path<String>,
    RawBody(body): RawBody,
) -> Result<Response, ApiError> {
    let erased = async {
        let actor = Actor::Staff(asker.member()?.clone());
        let body: Body = serde_json::from_str(&body)
            .map_err(|error| AppError::Malformed { detail: error.to_string() })?;
        let with = body.with.iter().map(|id| person(id)).collect::<Result<Vec<_>, _>>()?;
        let (person, ground) = (person(&id)?, ground(&body.ground)?);
        site.app.erase(Erasing { person, with: &with, ground, actor: &actor }).await
    };
    let erased = erased.await.map_err(|error| ApiError::new(error, asker.lang))?;
    Ok(Json(erased).into_response())
}

fn person(id: &str) -> Result<PersonId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

fn ground(word: &str) -> Result<ErasureGround, AppError> {
    word.parse().map_err(|_| {
        let mut errors = FieldErrors::default();
        errors.add("/ground", "not-a-choice", vec![("allowed", ErasureGround::WORDS.join(", "))]);
        errors.into()
    })
}
