# On Record: one small image, no root, one port. SQLite lives in /data; Postgres by ONRECORD_DATABASE_URL.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ONRECORD_DATABASE_URL=sqlite:////data/onrecord.sqlite3

WORKDIR /srv/onrecord
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY app ./app
COPY migrations ./migrations
COPY seeds ./seeds
RUN useradd --system --uid 10001 onrecord && install -d -o onrecord /data

USER onrecord
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import httpx; httpx.get('http://127.0.0.1:8000/readyz', timeout=4).raise_for_status()"]
# With ONRECORD_API_KEYS it listens on every address of the container; without, on loopback only.
CMD ["python", "-m", "app", "serve", "--port", "8000"]
